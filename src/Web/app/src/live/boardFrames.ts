import type { AreaFrame, Board, ChildCounts, TickerEntry } from '@/http/apiTypes'

/** The frame doesn't follow the board: only a new snapshot helps. */
export const resnapshot = Symbol('resnapshot')

/** As many entries as the service keeps, so that a reload shows the same ticker. */
export const tickerLength = 20

/** How far the clocks of two silos may be apart, in microseconds. */
const clocksDiffer = 60_000_000

/**
 * The board after a frame. A frame that the board already contains changes nothing: it was sent while the snapshot was taken.
 * The old board isn't changed, so that components can compare the two. The service merges frames by the same rules; both are tested with
 * tests/vectors/board-frames.json.
 */
export function applyFrame(board: Board, frame: AreaFrame): Board | typeof resnapshot {
  if (frame.area !== board.area.code) return board
  if (frame.epoch === board.epoch && frame.sequence <= board.sequence) return board
  const { epoch, sequence, asOf, day, counts } = frame
  const figures = { epoch, sequence, asOf, day, counts }
  if (frame.full) return { ...board, ...figures, children: frame.children, ticker: frame.ticker }
  if (frame.epoch !== board.epoch || frame.previous !== board.sequence) return resnapshot
  return {
    ...board,
    ...figures,
    children: mergeChildren(board.children, frame.children),
    ticker: mergeTicker(board.ticker, frame.ticker, asOf),
  }
}

/** A changed child replaces the old one in its place; a child that wasn't known comes last. */
function mergeChildren(held: ChildCounts[], changed: ChildCounts[]): ChildCounts[] {
  if (changed.length === 0) return held
  const byCode = new Map(changed.map((child) => [child.code, child]))
  const merged = held.map((child) => {
    const change = byCode.get(child.code)
    byCode.delete(child.code)
    return change ?? child
  })
  return [...merged, ...byCode.values()]
}

/**
 * Newest first, because steps of different areas arrive out of order. Of two at the same time, the one that arrived later comes first. An
 * entry from the future was made before the service's clock was set back: it would hide all others until the clock has caught up.
 */
function mergeTicker(held: TickerEntry[], fresh: TickerEntry[], asOf: string): TickerEntry[] {
  if (fresh.length === 0) return held
  const latest = microseconds(asOf) + clocksDiffer
  const byKey = new Map([...fresh].reverse().map((entry) => [tickerKey(entry), entry]))
  const merged = held.filter((entry) => !byKey.has(tickerKey(entry)))
  for (const entry of byKey.values()) {
    const at = microseconds(entry.at)
    const place = merged.findIndex((other) => microseconds(other.at) <= at || microseconds(other.at) > latest)
    merged.splice(place < 0 ? merged.length : place, 0, entry)
  }
  return merged.slice(0, tickerLength)
}

/** One step of one case. The ticker has no version; two equal steps of a case never happen at the same time. */
export const tickerKey = (entry: TickerEntry): string => `${entry.caseId} ${entry.step} ${microseconds(entry.at)}`

/** The service gives times in microseconds, of which Date.parse drops the last three digits. */
function microseconds(at: string): number {
  const fraction = /\.(\d+)/.exec(at)?.[1] ?? ''
  return Date.parse(at) * 1000 + Number(fraction.padEnd(6, '0').slice(3, 6))
}
