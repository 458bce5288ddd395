import type { LocationQuery } from 'vue-router'
import type { HouseholdQuery } from '@/http/apiTypes'

/** Which households need somebody. */
export const coverages = ['due', 'overdue', 'stale', 'never', 'lapsing'] as const

/** The filter of the ledger, as the address has it. */
export interface LedgerFilter {
  area?: string
  group?: string
  kind?: string
  state?: string
  coverage?: string
}

const names = ['area', 'group', 'kind', 'state', 'coverage'] as const

/** Reads the filter from the address. What is looked for by name or number is personal and never stands there. */
export function readFilter(location: LocationQuery): LedgerFilter {
  const found = names.flatMap((name) => {
    const value = [location[name]].flat()[0]
    return value ? [[name, value] as const] : []
  })
  return Object.fromEntries(found)
}

/** The limits by which the service counts what is stale and what lapses. */
const staleDays = 180
const lapsesWithinDays = 30

export const queryOf = ({ coverage, ...rest }: LedgerFilter, area: string): HouseholdQuery => ({
  ...rest,
  area,
  ...(coverage === 'due' && { mustVisit: 'week' }),
  ...(coverage === 'overdue' && { mustVisit: 'overdue' }),
  ...(coverage === 'stale' && { staleDays }),
  ...(coverage === 'never' && { neverVisited: true }),
  ...(coverage === 'lapsing' && { lapsesWithinDays }),
})
