import { describe, expect, it } from 'vitest'
import type { TimeShare } from '@/http/apiTypes'
import { together } from './timeShares'

const share = (state: TimeShare['state'], post: string | null, minutes: number): TimeShare => ({
  state,
  post,
  postName: post,
  postNameEn: post,
  level: 'town',
  levelName: '镇',
  levelNameEn: 'Town',
  cases: 1,
  minutes,
})
const part = (...shares: TimeShare[]) => ({ cases: 1, isAll: true, minutes: 0, shares })

describe('together', () => {
  it('adds the same post and state up and puts the longest first', () => {
    const sums = together({
      at: '2026-11-26T10:00:00Z',
      open: part(share('working', 'a', 60), share('waiting', null, 50)),
      closed: part(share('waiting', null, 40), share('paused', 'a', 5)),
    })
    expect(sums.map(({ state, cases, minutes }) => [state, cases, minutes])).toEqual([
      ['waiting', 2, 90],
      ['working', 1, 60],
      ['paused', 1, 5],
    ])
  })
})
