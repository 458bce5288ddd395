import type { TickerEntry } from '@/http/apiTypes'
import { tickerKey } from '@/live/boardFrames'

/** How many of the entries that had no row of their own are counted: those of the last minute. */
const counted = 60_000

export interface PacedRows {
  rows: TickerEntry[]
  /** How many entries of the last minute came too fast to get a row. */
  bundled: number
}

/** Steps that get a row of their own, one after the other, however much comes besides them. */
const headlines: ReadonlySet<string> = new Set([
  'clock-breached',
  'escalated',
  'supervised',
  'consultation-called',
  'consultation-decided',
])
/** How many of them wait for their row at most; of more, the older ones are only counted. */
const maxHeadlines = 5

/**
 * A ticker that people can follow: at most one new row at each tick, however fast entries arrive. A headline gets the row, else the newest;
 * what came since the row before it is only counted.
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
    const waitingHeadlines = this.#waiting.filter(({ step }) => headlines.has(step)).slice(0, maxHeadlines)
    // The oldest headline comes first, so that they stand in their order.
    const next = waitingHeadlines.at(-1) ?? this.#waiting[0]
    if (!next) return before !== this.#bundled.length
    const left = waitingHeadlines.slice(0, -1)
    const count = this.#waiting.length - left.length - 1
    this.#waiting = left
    this.#rows = [next, ...this.#rows].slice(0, this.max)
    if (count > 0) this.#bundled.push({ at: now, count })
    return true
  }

  shown(): PacedRows {
    return { rows: this.#rows, bundled: this.#bundled.reduce((sum, { count }) => sum + count, 0) }
  }
}
