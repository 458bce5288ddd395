import { shallowRef, type ShallowRef } from 'vue'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { localized } from '@/ui/language'
import type { Code, HouseholdRules } from '@/http/apiTypes'
import type { Named } from './households'

const rules = shallowRef<HouseholdRules | null>(null)
const failure = shallowRef<ApiError | null>(null)
let reading: Promise<void> | null = null

async function read(): Promise<void> {
  try {
    rules.value = await api.householdRules()
    failure.value = null
  } catch (caught) {
    if (!(caught instanceof ApiError)) throw caught
    failure.value = caught
  } finally {
    reading = null
  }
}

/** The pack's rules of the ledger, read once a window. They hold nothing personal. */
export function useHouseholdRules(): {
  rules: ShallowRef<HouseholdRules | null>
  failure: ShallowRef<ApiError | null>
  read: () => Promise<void>
} {
  const start = (): Promise<void> => (reading ??= read())
  if (!rules.value) void start()
  return { rules, failure, read: start }
}

const named = (one: Named | undefined): string | undefined => one && localized(one.name, one.nameEn)

/** The name of a code, or the code itself where the list doesn't have it. */
export const codeName = (list: Code[] | undefined, code: string): string =>
  named(list?.find((one) => one.code === code)) ?? code

/** The name of one of the pack's groups, certificates or purposes. */
export const idName = (list: (Named & { id: string })[] | undefined, id: string): string =>
  named(list?.find((one) => one.id === id)) ?? id

const certificate = /^certificate:(.+)$/

/** Whose fields: one id, such as `name`, can be a field of each. */
export type FieldsOf = 'resident' | 'household' | 'place'

/** The name of a field. The number of a certificate is named after it. */
export function fieldName(held: HouseholdRules | null, id: string, of: FieldsOf = 'resident'): string {
  const kind = certificate.exec(id)?.[1]
  if (kind) return idName(held?.certificates, kind)
  const others = (['resident', 'household', 'place'] as const).filter((other) => other !== of)
  return idName(held ? [of, ...others].flatMap((one) => held.fields[one]) : undefined, id)
}

/** The fields that a household or a resident has, in the order of forms; those that the pack no longer has come last. */
export function inOrder<T>(rules: { id: string }[] | undefined, fields: Record<string, T>): [string, T][] {
  const places = new Map(rules?.map(({ id }, place) => [id, place]))
  const placeOf = (id: string): number => places.get(id) ?? places.size
  return Object.entries(fields).sort(([a], [b]) => placeOf(a) - placeOf(b))
}
