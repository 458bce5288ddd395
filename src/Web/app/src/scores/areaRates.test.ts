import { describe, expect, it } from 'vitest'
import { byRate, rateOf } from './areaRates'
import type { AreaScore } from './scoreApi'

const area = (code: string, part: Partial<AreaScore>): AreaScore => ({
  area: code,
  areaName: code,
  reported: 0,
  settled: 0,
  closed: 0,
  onTime: 0,
  returned: 0,
  extended: 0,
  rated: 0,
  satisfied: 0,
  people: 0,
  mark: null,
  ...part,
})
const a = area('a', { closed: 10, onTime: 9, returned: 2 })
const b = area('b', { closed: 4, onTime: 4, returned: 1 })
const none = area('none', {})

describe('rates of areas', () => {
  it('a rate of nothing is none', () => {
    expect(rateOf(a, 'onTime')).toEqual({ n: 9, of: 10, share: 0.9 })
    expect(rateOf(none, 'onTime').share).toBeNull()
  })
  it('the best comes first, and what has no rate last', () => {
    expect(byRate([none, a, b], 'onTime').map((one) => one.area)).toEqual(['b', 'a', 'none'])
  })
  it('fewer returned cases are better', () => {
    expect(byRate([b, none, a], 'returned').map((one) => one.area)).toEqual(['a', 'b', 'none'])
  })
  it('areas that are equal keep their order', () => {
    expect(byRate([none, area('later', {})], 'settled').map((one) => one.area)).toEqual(['none', 'later'])
  })
})
