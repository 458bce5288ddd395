import { describe, expect, it, vi } from 'vitest'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { dayUntil, fromDay, readQuery, untilDay } = await import('./searchQuery')

describe('the filter in the address', () => {
  it('is read without unknown parameters and values', () => {
    const query = readQuery({ area: '430281', status: ['offered', 'nonsense'], text: '', other: 'x' })
    expect(query).toEqual({ area: '430281', status: ['offered'] })
    expect(readQuery({ status: 'open' })).toEqual({ status: ['open'] })
  })

  it('includes the last day of a period', () => {
    expect(fromDay('2026-11-22')).toBe('2026-11-22T00:00:00+08:00')
    expect(untilDay('2026-11-30')).toBe('2026-12-01T00:00:00+08:00')
    expect(dayUntil(untilDay('2026-11-30'))).toBe('2026-11-30')
    expect(untilDay('')).toBeUndefined()
  })
})
