import { describe, expect, it, vi } from 'vitest'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { csvOf } = await import('./csv')
const { dayUntil, fromDay, readQuery, untilDay } = await import('./searchQuery')

describe('the filter in the address', () => {
  it('is read without unknown parameters and values', () => {
    const query = readQuery({ area: '430281', status: ['offered', 'nonsense'], overdue: 'true', text: '', other: 'x' })
    expect(query).toEqual({ area: '430281', status: ['offered'], overdue: true })
    expect(readQuery({ status: 'open' })).toEqual({ status: ['open'] })
  })

  it('includes the last day of a period', () => {
    expect(fromDay('2026-11-22')).toBe('2026-11-22T00:00:00+08:00')
    expect(untilDay('2026-11-30')).toBe('2026-12-01T00:00:00+08:00')
    expect(dayUntil(untilDay('2026-11-30'))).toBe('2026-11-30')
    expect(untilDay('')).toBeUndefined()
  })
})

describe('an exported table', () => {
  it('quotes cells with commas, quotes or line breaks', () => {
    expect(csvOf([['a', 'b,c', 'say "yes"', '两\n行']])).toBe('\uFEFFa,"b,c","say ""yes""","两\n行"\r\n')
  })

  it('has no cell that is taken for a formula', () => {
    expect(csvOf([['=1+1', '@x', '-2']])).toBe("\uFEFF'=1+1,'@x,'-2\r\n")
  })
})
