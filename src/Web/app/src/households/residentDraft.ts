import type { Typed } from './householdForm'
import type { FieldRule, HouseholdRules, Resident, ResidentChange, ResidentKind } from '@/http/apiTypes'
import { headRelation } from './households'

/** A resident while the form is filled in. */
export interface ResidentDraft {
  kind: ResidentKind
  relation: string
  groups: string[]
  certificates: { id?: string; kind: string; expiresOn: string }[]
  /** Only what was typed: what the form shows of the resident is read again after a reload. */
  typed: Typed
}

export const emptyResident = (relation = ''): ResidentDraft => ({
  kind: 'registered',
  relation,
  groups: [],
  certificates: [],
  typed: {},
})

export const newHead = (): ResidentDraft => emptyResident(headRelation)

export const draftOf = (resident: Resident): ResidentDraft => ({
  kind: resident.kind,
  relation: resident.relation ?? '',
  groups: [...resident.groups],
  certificates: resident.certificates.map(({ id, kind, expiresOn }) => ({ id, kind, expiresOn })),
  typed: {},
})

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What differs beside the fields. */
export function extrasChanged(draft: ResidentDraft, resident: Resident): ResidentChange {
  const before = draftOf(resident)
  return {
    ...(draft.kind !== before.kind && { kind: draft.kind }),
    ...(draft.relation && draft.relation !== before.relation && { relation: draft.relation }),
    ...(!isSame([...draft.groups].sort(), [...before.groups].sort()) && { groups: draft.groups }),
    ...(!isSame(draft.certificates, before.certificates) && { certificates: draft.certificates }),
  }
}

/** The fields that are asked for first, because a worker at a door needs them. */
export const near = ['name', 'idType', 'idNumber', 'sex', 'birthDate', 'phone'] as const

/** The numbers of the certificates that the draft has, as fields of a form. */
export const certificateFields = (rules: HouseholdRules, draft: ResidentDraft, number: string): FieldRule[] =>
  rules.certificates
    .filter((rule) => draft.certificates.some((one) => one.kind === rule.id))
    .map((rule) => ({
      id: `certificate:${rule.id}`,
      name: `${rule.name}${number}`,
      nameEn: rule.nameEn ? `${rule.nameEn}: ${number.toLowerCase()}` : '',
      type: 'identifier',
      protection: 'sensitive',
      codes: null,
      required: false,
    }))
