import { dayOf, type Instant } from '@/time/packTime'
import type { GroupRule, HouseholdItem } from '@/http/apiTypes'

const dayLength = 86_400_000
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayLength)

/** The day that is a period such as `7d`, `6mo` or `3y` after another one. Null when it isn't a period. */
export function dayAfterPeriod(day: string, period: string | null | undefined): string | null {
  const found = /^(\d+)(d|mo|y)$/.exec(period ?? '')
  if (!found) return null
  const count = Number(found[1])
  const date = new Date(`${day}T00:00:00Z`)
  if (found[2] === 'd') return new Date(date.getTime() + count * dayLength).toISOString().slice(0, 10)
  const wanted = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + (found[2] === 'mo' ? count : 12 * count))
  // The 31st of a month that has fewer days is its last one.
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(wanted, last))
  return date.toISOString().slice(0, 10)
}

export type DueState = 'fine' | 'due' | 'overdue'

export interface Due {
  state: DueState
  /** Days that are left, or since it was due. Null for a household that must be visited and never was. */
  days: number | null
}

/**
 * Whether a household must be visited: by the shortest rhythm of its groups, from the last visit. It is due in the last seventh of the
 * rhythm. Null when none of its groups has a rhythm.
 */
export function visitDue(
  { groups, visitedAt }: Pick<HouseholdItem, 'groups' | 'visitedAt'>,
  rules: readonly GroupRule[],
  now: Instant,
): Due | null {
  const from = dayOf(visitedAt ?? now)
  const days = rules.flatMap((rule) => (groups.includes(rule.id) ? (dayAfterPeriod(from, rule.visitEvery) ?? []) : []))
  const next = days.sort()[0]
  if (!next) return null
  if (!visitedAt) return { state: 'overdue', days: null }
  return dueOn(next, Math.ceil(daysBetween(from, next) / 7), now)
}

const soonLapses = 30

/** Whether a certificate lapses within a month, or has lapsed. */
export const lapse = (expiresOn: string | null | undefined, now: Instant): Due | null =>
  expiresOn ? dueOn(expiresOn, soonLapses, now) : null

/** What is due on a day, and `soon` so many days before. */
function dueOn(day: string, soon: number, now: Instant): Due {
  const left = daysBetween(dayOf(now), day)
  if (left < 0) return { state: 'overdue', days: -left }
  return { state: left <= soon ? 'due' : 'fine', days: left }
}
