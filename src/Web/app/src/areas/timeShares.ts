import type { TimeShare, TimeUse } from '@/http/apiTypes'

/** The shares of open and closed cases added up, the longest first. */
export function together({ open, closed }: TimeUse): TimeShare[] {
  const sums = new Map<string, TimeShare>()
  for (const share of [...open.shares, ...closed.shares]) {
    const key = keyOf(share)
    const known = sums.get(key)
    sums.set(
      key,
      known ? { ...known, cases: known.cases + share.cases, minutes: known.minutes + share.minutes } : share,
    )
  }
  return [...sums.values()].sort((a, b) => b.minutes - a.minutes)
}

export const keyOf = (share: TimeShare): string => [share.state, share.post ?? '', share.level ?? ''].join(' ')
