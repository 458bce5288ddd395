import type { TickerEntry } from '@/http/apiTypes'
import { tickerKey } from '@/live/boardFrames'

/** How many of the entries that had no row of their own are counted: those of the last minute. */
const counted = 60_000

export interface PacedRows {
  rows: TickerEntry[]
  /** How many entries of the last minute came too fast to get a row. */
  bundled: number
}

/**
 * A ticker that people can follow: at most one new row at each tick, however fast entries arrive. The newest gets the row; what came
 * since the row before it is only counted.
 */
export class PacedTicker {
  #known = new Set<string>()
  #rows: TickerEntry[] = []
  #waiting: TickerEntry[] = []
  #bundled: { at: number; count: number }[] = []

  /** @param max How many rows are kept. */
  constructor(private readonly max: number) {}

  /** Shows the entries the page begins with, all at once. */
  begin(entries: TickerEntry[]): void {
    this.#rows = entries.slice(0, this.max)
    this.#known = new Set(entries.map(tickerKey))
  }

  /** Takes what has arrived; the rows change at the next tick. Newest first, as the board holds it. */
  offer(entries: TickerEntry[]): void {
    const fresh = entries.filter((entry) => !this.#known.has(tickerKey(entry)))
    this.#waiting = [...fresh, ...this.#waiting]
    // What has left the board's ticker can't come back as news.
    this.#known = new Set(entries.map(tickerKey))
  }

  /** @returns whether the rows or the count have changed. */
  tick(now: number): boolean {
    const before = this.#bundled.length
    this.#bundled = this.#bundled.filter(({ at }) => now - at < counted)
    const [newest, ...others] = this.#waiting
    if (!newest) return before !== this.#bundled.length
    this.#waiting = []
    this.#rows = [newest, ...this.#rows].slice(0, this.max)
    if (others.length > 0) this.#bundled.push({ at: now, count: others.length })
    return true
  }

  shown(): PacedRows {
    return { rows: this.#rows, bundled: this.#bundled.reduce((sum, { count }) => sum + count, 0) }
  }
}
