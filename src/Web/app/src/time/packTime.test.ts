import { describe, expect, it, vi } from 'vitest'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { clock, dayOf, exact, lasting, relative, startOf, weekday } = await import('./packTime')
const { count, percent } = await import('@/ui/numbers')

const t = (key: string, values: Record<string, unknown>) =>
  `${key.replace('time.', '')}:${Object.values(values).join()}`
const now = Date.parse('2026-11-22T01:41:07Z')
const minute = 60_000

describe('times of the pack', () => {
  it('are shown on the pack’s clock', () => {
    expect(exact(now)).toBe('2026-11-22 09:41:07')
    expect(clock('2026-11-21T16:00:00Z')).toBe('00:00:00')
    expect(dayOf('2026-11-21T16:00:00Z')).toBe('2026-11-22')
    expect(weekday(now)).toBe('星期日')
  })

  it('say how long ago', () => {
    expect(relative(now - 20_000, now, t)).toBe('justNow:')
    expect(relative(now + 5000, now, t)).toBe('justNow:')
    expect(relative(now - 10 * minute, now, t)).toBe('minutesAgo:10')
    expect(relative(now - 3 * 60 * minute, now, t)).toBe('hoursAgo:3')
    expect(relative('2026-11-21T23:00:00+08:00', now, t)).toBe('yesterday:23:00')
    expect(relative('2026-11-10T08:05:00+08:00', now, t)).toBe('11-10 08:05')
    expect(relative('2025-11-10T08:05:00+08:00', now, t)).toBe('2025-11-10')
  })

  it('say how long in at most two words', () => {
    expect(lasting(40 * minute, t)).toBe('minutes:40')
    expect(lasting(125 * minute, t)).toBe('hours:2')
    expect(lasting(51 * 60 * minute, t)).toBe('days:2 hours:3')
    expect(lasting(30 * 24 * 60 * minute, t)).toBe('days:30')
  })

  it('turn an hour of a day into an instant', () => {
    expect(startOf('2026-11-22')).toBe('2026-11-22T00:00:00+08:00')
    expect(startOf('2026-11-22', 9)).toBe('2026-11-22T09:00:00+08:00')
  })
})

describe('numbers', () => {
  it('are grouped', () => expect(count(680276)).toBe('680,276'))

  it('round a share down, and know no share of nothing', () => {
    expect(percent(9996, 10000)).toBe('99.9')
    expect(percent(3, 3)).toBe('100.0')
    expect(percent(0, 0)).toBe('–')
  })
})
