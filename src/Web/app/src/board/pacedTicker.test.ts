import { describe, expect, it } from 'vitest'
import type { TickerEntry } from '@/http/apiTypes'
import { PacedTicker } from './pacedTicker'

const entry = (n: number) =>
  ({ caseId: `c${n}`, step: 'reported', at: new Date(1_700_000_000_000 + n).toISOString() }) as TickerEntry
/** The board's ticker after the n-th entry: the last 20, newest first. */
const after = (n: number) => Array.from({ length: Math.min(20, n) }, (_, back) => entry(n - back))
const ids = (ticker: PacedTicker) => ticker.shown().rows.map((one) => one.caseId)

describe('the paced ticker', () => {
  it('begins with all rows', () => {
    const ticker = new PacedTicker(20)
    ticker.begin(after(3))
    expect(ids(ticker)).toEqual(['c3', 'c2', 'c1'])
  })

  it('shows a single arrival at the next tick, and nothing at a tick without one', () => {
    const ticker = new PacedTicker(20)
    ticker.begin(after(3))
    ticker.offer(after(4))
    expect(ids(ticker)).toEqual(['c3', 'c2', 'c1'])
    expect(ticker.tick(1000)).toBe(true)
    expect(ids(ticker)[0]).toBe('c4')
    expect(ticker.tick(2000)).toBe(false)
  })

  it('gives a burst one row, and counts the others for a minute', () => {
    const ticker = new PacedTicker(20)
    ticker.begin(after(3))
    for (let n = 4; n <= 41; n++) ticker.offer(after(n))
    ticker.tick(1000)
    expect(ids(ticker).slice(0, 2)).toEqual(['c41', 'c3'])
    expect(ticker.shown().bundled).toBe(37)
    expect(ticker.tick(60_999)).toBe(false)
    expect(ticker.tick(61_000)).toBe(true)
    expect(ticker.shown().bundled).toBe(0)
  })

  it('gives each breach of a clock a row of its own, in their order', () => {
    const ticker = new PacedTicker(20)
    ticker.begin([])
    const breach = (n: number) => ({ ...entry(n), step: 'clock-breached' }) as TickerEntry
    ticker.offer([entry(5), breach(4), entry(3), breach(2), entry(1)])
    ticker.tick(1000)
    ticker.tick(2000)
    expect(ids(ticker)).toEqual(['c4', 'c2'])
    expect(ticker.shown().bundled).toBe(3)
    expect(ticker.tick(3000)).toBe(false)
  })

  it('keeps no more rows than it may', () => {
    const ticker = new PacedTicker(5)
    ticker.begin(after(9))
    ticker.offer(after(10))
    ticker.tick(0)
    expect(ids(ticker)).toEqual(['c10', 'c9', 'c8', 'c7', 'c6'])
  })
})
