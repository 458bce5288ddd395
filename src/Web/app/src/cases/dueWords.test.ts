import { describe, expect, it, vi } from 'vitest'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { dueWords } = await import('./dueWords')

const t = (key: string, values: Record<string, unknown>) => `${key}:${Object.values(values).join()}`
const now = Date.parse('2026-11-22T01:41:00Z')

describe('when a case is due', () => {
  it('is said as a moment while there is more than a day', () =>
    expect(dueWords('2026-11-25T09:30:00Z', now, t)).toBe('clock.due:11-25 17:30'))

  it('is said as the time that is left on the last day', () =>
    expect(dueWords('2026-11-22T04:50:00Z', now, t)).toBe('clock.left:time.hours:3'))

  it('is said as how late it is afterwards', () =>
    expect(dueWords('2026-11-22T01:01:00Z', now, t)).toBe('clock.late:time.minutes:40'))
})
