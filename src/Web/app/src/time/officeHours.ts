import { dayOf } from './packTime'

/** An interval of office hours, in milliseconds, and the day it is on. */
export interface OfficeInterval {
  opens: number
  closes: number
  day: string
}

/** The office hours of the days to come. Of what is due after `until` they say nothing. */
export interface OfficeHours {
  until: number
  intervals: OfficeInterval[]
}

export function officeHoursOf({ intervals }: { intervals: { opens: string; closes: string }[] }): OfficeHours {
  const read = intervals.map(({ opens, closes }) => ({
    opens: Date.parse(opens),
    closes: Date.parse(closes),
    day: dayOf(opens),
  }))
  return { until: read.at(-1)?.closes ?? 0, intervals: read }
}

/** How much office time is left until a due time, and how many working days after today; null where the hours don't reach that far. */
export function workingTimeLeft(
  hours: OfficeHours,
  now: number,
  dueAt: number,
): { minutes: number; days: number } | null {
  if (dueAt > hours.until) return null
  const today = dayOf(now)
  let time = 0
  const days = new Set<string>()
  for (const { opens, closes, day } of hours.intervals) {
    if (opens >= dueAt) break
    if (closes <= now) continue
    time += Math.min(closes, dueAt) - Math.max(opens, now)
    if (day > today) days.add(day)
  }
  return { minutes: Math.floor(time / 60_000), days: days.size }
}
