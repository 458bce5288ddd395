import { describe, expect, it, vi } from 'vitest'

vi.mock('@/shared/language', () => ({ language: { value: 'zh-CN' } }))
const { csvOf } = await import('./csv')
const { dayUntil, fromDay, readQuery, untilDay } = await import('./searchQuery')
const { arrange, bodyOf, missing } = await import('./actions')

describe('the filter in the address', () => {
  it('is read as it was written, and nothing else', () => {
    const query = readQuery({ area: '430281', status: ['offered', 'nonsense'], overdue: 'true', text: '', other: 'x' })
    expect(query).toEqual({ area: '430281', status: ['offered'], overdue: true })
    expect(readQuery({ status: 'open' })).toEqual({ status: ['open'] })
  })

  it('includes the last day, and shows it again', () => {
    expect(fromDay('2026-11-22')).toBe('2026-11-22T00:00:00+08:00')
    expect(untilDay('2026-11-30')).toBe('2026-12-01T00:00:00+08:00')
    expect(dayUntil(untilDay('2026-11-30'))).toBe('2026-11-30')
    expect(untilDay('')).toBeUndefined()
  })
})

describe('an exported table', () => {
  it('quotes what needs it', () => {
    expect(csvOf([['a', 'b,c', 'say "yes"', '两\n行']])).toBe('\uFEFFa,"b,c","say ""yes""","两\n行"\r\n')
  })

  it('holds no formulas', () => {
    expect(csvOf([['=1+1', '@x', '-2']])).toBe("\uFEFF'=1+1,'@x,'-2\r\n")
  })
})

describe('the steps of a case', () => {
  it('show one next step and the others behind it', () => {
    expect(arrange(['comment', 'progress', 'resolve', 'on-site'])).toEqual({
      primary: 'on-site',
      others: ['progress', 'resolve', 'comment'],
    })
    expect(arrange(['comment'])).toEqual({ primary: null, others: ['comment'] })
  })

  it('name what is still missing', () => {
    expect(missing('handover', { to: 'p1', reason: ' ' })).toEqual(['reason'])
    expect(missing('close', {})).toEqual([])
  })

  it('send only what the step knows', () => {
    expect(bodyOf('resolve', { text: ' 已修好 ', photos: [], reason: 'x' })).toEqual({ text: '已修好' })
    expect(bodyOf('close', { rating: 5, text: '' })).toEqual({ rating: 5 })
  })
})
