import type { Counts, Statistics } from '@/http/apiTypes'
import { searchAddress } from '@/ui/pageAddresses'
import { count } from '@/ui/numbers'
import { dayAfter, startOf, type Translate } from '@/time/packTime'

/** The cases reported and closed in one hour or on one day, and the address of their list. */
export interface Bar {
  key: string
  label: string
  words: string
  isNow: boolean
  reported: number
  closed: number
  to: string
}

const inWords = ({ reported, closed }: { reported: number; closed: number }) => ({
  reported: count(reported),
  closed: count(closed),
})

type Today = Pick<Counts, 'reportedToday' | 'closedToday'>

/**
 * The statistics with today's figures of the counters, which are pushed and therefore newer. What is missing in the hours happened since
 * they were read: in the current hour.
 * @param hour The hour of the day on the pack's clock.
 */
export function withCounters(read: Statistics, counts: Today, day: string, hour: number): Statistics {
  if (read.day !== day) return read
  const sum = (kind: 'reported' | 'closed') => read.hours.reduce((total, one) => total + one[kind], 0)
  const missing = { reported: counts.reportedToday - sum('reported'), closed: counts.closedToday - sum('closed') }
  return {
    ...read,
    hours: read.hours.map((one) =>
      one.hour === hour
        ? {
            ...one,
            reported: Math.max(0, one.reported + missing.reported),
            closed: Math.max(0, one.closed + missing.closed),
          }
        : one,
    ),
    days: read.days.map((one) =>
      one.day === day ? { ...one, reported: counts.reportedToday, closed: counts.closedToday } : one,
    ),
  }
}

export const barsOfHours = ({ day, hours }: Statistics, area: string, t: Translate): Bar[] =>
  hours.map((one) => ({
    ...one,
    key: String(one.hour),
    label: one.hour % 3 === 0 ? String(one.hour) : '',
    words: t('board.hour', { hour: one.hour, ...inWords(one) }),
    isNow: false,
    to: searchAddress({
      area,
      from: startOf(day, one.hour),
      to: one.hour < 23 ? startOf(day, one.hour + 1) : startOf(dayAfter(day)),
    }),
  }))

export const barsOfDays = ({ day: today, days }: Statistics, area: string, t: Translate): Bar[] =>
  days.map((one) => ({
    ...one,
    key: one.day,
    label: String(Number(one.day.slice(8))),
    words: t('board.day', { day: one.day, ...inWords(one) }),
    isNow: one.day === today,
    to: searchAddress({ area, from: startOf(one.day), to: startOf(dayAfter(one.day)) }),
  }))
