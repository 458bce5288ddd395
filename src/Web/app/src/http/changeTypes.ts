import type { HouseholdItem } from './apiTypes'

/** Households that follow changed areas, and what residents ask for about what is kept of them. */

/** An area that is gone, split or drawn anew, and has households that belong elsewhere. */
export interface ChangedArea {
  area: string
  areaName: string
  gone: boolean
  households: number
  successors: { area: string; areaName: string }[]
  /** Of the households, those whose dwelling lies within the border of another area. */
  beyond: number
}
export interface AddressRule {
  text: string
  to: string
}
export interface ProposedMove {
  household: HouseholdItem
  to: string | null
  toName: string | null
  reason: 'only-successor' | 'address' | 'dwelling' | 'border' | null
}
export interface Reassignment {
  id: string
  by: string | null
  byName: string
  at: string
  state: 'applying' | 'applied' | 'undoing' | 'undone'
  total: number
  done: number
  parts: { from: string; fromName: string; to: string; toName: string; households: number }[]
  leftOut: string[]
  appliedAt: string | null
  undoUntil: string | null
  undoneAt: string | null
  undoneByName: string | null
}
export type SubjectRequestKind = 'correction' | 'deletion' | 'access'
export type SubjectRequestState = 'open' | 'granted' | 'partly-granted' | 'refused' | 'carried-out'
export type IdentityCheck = 'document' | 'known' | 'proxy' | 'guardian' | 'relative'
interface SubjectRequestBase {
  id: string
  kind: SubjectRequestKind
  state: SubjectRequestState
  household: string
  resident: string
  openedAt: string
  openedByName: string
  dueAt: string
  decidedAt: string | null
  decidedByName: string | null
  carriedOutAt: string | null
  householdVersion: number | null
}
export interface SubjectRequestItem extends SubjectRequestBase {
  area: string
  areaName: string
  name: string | null
  overdue: boolean
}
export interface SubjectRequest extends SubjectRequestBase {
  check: IdentityCheck
  asker: string
  wanted: string
  reason: string
  carriedOutByName: string | null
}
export interface NewSubjectRequest {
  household: string
  resident: string
  kind: SubjectRequestKind
  check: IdentityCheck
  asker: string
  wanted: string
}
export interface ResidentSheet {
  household: string
  resident: string
  name: string | null
  registeredAt: string
  basis: string
  basisEn: string
  fields: {
    id: string
    name: string
    nameEn: string
    value: string
    why: string
    whyEn: string
    since: string | null
    by: string | null
  }[]
  groups: string[]
  certificates: { id: string; name: string; nameEn: string; expiresOn: string }[]
  tags: string[]
  linked: string[]
  reveals: { at: string; byName: string; fields: string[]; purposeName: string }[]
  exports: { at: string; byName: string }[]
  keptFor: string
  keptAfterDeath: string
}
export interface ErasureImpact {
  fields: string[]
  inHistory: string[]
  ofHousehold: string[]
  stillLiving: boolean
  erased: boolean
  events: number
  formerHouseholds: string[]
  cases: { id: string; open: boolean }[]
  reveals: number
  revealsKeptFor: string
  requests: number
  imports: number
  exports: number
  backupsFrom: string | null
}
