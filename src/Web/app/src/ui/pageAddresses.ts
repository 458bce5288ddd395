import type { CaseQuery } from '@/http/apiTypes'

/** The address of the list of the cases that a number counts. */
export function searchAddress(query: CaseQuery): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '' || value === false) continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  return `/console/search?${search}`
}

export const caseAddress = (id: string): string => `/console/cases/${encodeURIComponent(id)}`
export const householdAddress = (id: string): string => `/console/households/${encodeURIComponent(id)}`
export const placeAddress = (id: string): string => `/console/places/${encodeURIComponent(id)}`
/** Where a wall screen begins: with its code after a #, or, once it is one, with nothing. */
export const wallAddress = '/board'
export const boardAddress = (area: string): string => `/board/${encodeURIComponent(area)}`
/** Where the working time of an area's cases goes. */
export const timeAddress = (area: string): string => `/console/time?area=${encodeURIComponent(area)}`
