import type { Household, HouseholdItem, Resident, ResidentKind } from '@/http/apiTypes'

/** What has a name in both languages. */
export interface Named {
  name: string
  nameEn: string
}

export const kinds: readonly ResidentKind[] = ['registered', 'migrant', 'absent']
export const states: readonly Household['state'][] = ['living', 'empty', 'merged']

/** The relation of the head of a household, a code of GB/T 4761. */
export const headRelation = '02'

export const nameOf = (resident: Resident): string => resident.fields.name?.value ?? ''
export const isLiving = (resident: Resident): boolean => resident.state === 'living'
export const livingIn = (household: Household): Resident[] => household.residents.filter(isLiving)
export const headOf = (household: Household): Resident | undefined =>
  household.residents.find(({ id }) => id === household.head)

/** The special groups of those who live there. */
export const groupsOf = (household: Household): string[] => [
  ...new Set(livingIn(household).flatMap(({ groups }) => groups)),
]

/** Where a household is, in one line. */
export const placeOf = ({ address, door }: Pick<HouseholdItem, 'address' | 'door'>): string =>
  [address, door].filter(Boolean).join(' ')
export const placeIn = ({ fields }: Household): string =>
  placeOf({ address: fields.address?.value ?? null, door: fields.door?.value ?? null })

/** What the list shows of a household that is open. */
export function itemOf(household: Household, openCases: number): HouseholdItem {
  const { id, area, areaName, state, checkedAt, visitedAt, version, linked, fields } = household
  const head = headOf(household)
  const lapses = livingIn(household).flatMap(({ certificates }) => certificates.map(({ expiresOn }) => expiresOn))
  return {
    ...{ id, area, areaName, state, checkedAt, visitedAt, version, linked, openCases },
    place: household.place,
    number: fields.number?.value ?? null,
    address: fields.address?.value ?? null,
    door: fields.door?.value ?? null,
    phone: fields.phone?.value ?? head?.fields.phone?.value ?? null,
    head: head ? { id: head.id, name: nameOf(head) } : null,
    residentCount: livingIn(household).length,
    groups: groupsOf(household),
    certificateLapses: lapses.sort()[0] ?? null,
  }
}
