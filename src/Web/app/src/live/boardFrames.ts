import type { AreaFrame, Board, ChildCounts, TickerEntry } from '@/http/apiTypes'

/** A frame that doesn't follow what we hold: only a new snapshot helps. */
export const resnapshot = Symbol('resnapshot')

export const longestTicker = 60

/**
 * The board after a frame. A frame we already contain changes nothing: it was under way while the snapshot was taken.
 * Nothing is changed in place, so whoever compares the old board with the new one sees what moved.
 */
export function applyFrame(board: Board, frame: AreaFrame): Board | typeof resnapshot {
  if (frame.area !== board.area.code) return board
  if (frame.epoch === board.epoch && frame.sequence <= board.sequence) return board
  if (frame.full) return { ...board, ...head(frame), children: frame.children, ticker: frame.ticker }
  if (frame.epoch !== board.epoch) return resnapshot
  if (frame.previous !== board.sequence) return resnapshot
  return {
    ...board,
    ...head(frame),
    children: mergeChildren(board.children, frame.children),
    ticker: mergeTicker(board.ticker, frame.ticker),
  }
}

function head(frame: AreaFrame) {
  const { epoch, sequence, asOf, day, counts } = frame
  return { epoch, sequence, asOf, day, counts }
}

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

/** The latest first. What was sent later may have happened earlier: it goes to its place, not to the top. */
function mergeTicker(held: TickerEntry[], fresh: TickerEntry[]): TickerEntry[] {
  const known = new Set(held.map(tickerKey))
  const news = fresh.filter((entry) => !known.has(tickerKey(entry)))
  if (news.length === 0) return held
  return [...news, ...held].sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, longestTicker)
}

export const tickerKey = (entry: TickerEntry): string => `${entry.caseId} ${entry.step} ${entry.at}`
