/** A visit that was made to a household. */
export interface HouseholdVisit {
  id: string
  at: string
  person: string
  personName: string
  purpose: string | null
  purposeName: string | null
  purposeNameEn: string | null
  settled: { item: string; name: string; nameEn: string; done: boolean; note: string | null }[]
  note: string | null
}
/** What somebody left for whoever comes next. */
export interface HandOverNote {
  person: string
  personName: string
  day: string
  text: string
  at: string
  to: string | null
  toName: string | null
}

/** A patrol or a visit that a case comes from. */
export interface CaseRecord {
  id: string
  kind: string
  at: string
  /** 2026-11-26: the day of the worker. */
  day: string
  person: string
  personName: string
  area: string
  areaName: string
  checkpoint?: string | null
  checkpointName?: string | null
  checkpointNameEn?: string | null
  /** Whether the caller may open the worker's day. */
  mayOpen: boolean
}
