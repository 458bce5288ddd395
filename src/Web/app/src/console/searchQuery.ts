import type { LocationQuery } from 'vue-router'
import type { CaseQuery, Status } from '@/http/apiTypes'
import { dayAfter, dayOf, startOf } from '@/time/packTime'

export const statuses: Status[] = ['offered', 'claimed', 'on-site', 'resolved', 'explained', 'closed', 'merged']

const texts = [
  'area',
  'category',
  'class',
  'claimant',
  'reporter',
  'text',
  'from',
  'to',
  'closedFrom',
  'closedTo',
  'dueBefore',
  'level',
] as const

/** Reads the filter from the address. */
export function readQuery(location: LocationQuery): CaseQuery {
  const query: CaseQuery = {}
  for (const name of texts) {
    const value = location[name]
    const one = Array.isArray(value) ? value[0] : value
    if (one) query[name] = one
  }
  const status = [location.status].flat().filter((one) => one === 'open' || statuses.includes(one as Status))
  if (status.length > 0) query.status = status as string[]
  if (location.overdue === 'true') query.overdue = true
  if (location.dueSoon === 'true') query.dueSoon = true
  if (location.escalated === 'true') query.escalated = true
  return query
}

/** The instants for the days of the form, on the pack's clock. "Until" a day includes that day. */
export const fromDay = (day: string): string | undefined => (day ? startOf(day) : undefined)

export const untilDay = (day: string): string | undefined => (day ? startOf(dayAfter(day)) : undefined)

/** The day that the form shows for an instant of the filter. */
export const dayFrom = (at: string | undefined): string => (at ? dayOf(at) : '')
export const dayUntil = (at: string | undefined): string => (at ? dayOf(Date.parse(at) - 1) : '')
