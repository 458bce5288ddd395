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
