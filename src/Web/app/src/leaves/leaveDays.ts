import { dayAfter, dayOf, startOf } from '@/time/packTime'

/** What is sent for a leave from one day to another, both included: it begins with the first day, and is over with the last. */
export function leaveOf(first: string, last: string, today: string): { from?: string; to: string } {
  return { ...(first > today ? { from: startOf(first) } : {}), to: startOf(dayAfter(last)) }
}

/** The last day on which somebody is away: a leave that is over when a day begins lasts until the day before. */
export const lastDay = (to: string): string => dayOf(Date.parse(to) - 1)
