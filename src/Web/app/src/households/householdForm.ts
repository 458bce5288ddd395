import { typedDay } from '@/ui/typedDay'
import { areSeveralPhones, checkIdentifier, normalPhone, normalPlate, type WrongValue } from './identifiers'
import type { Code, FieldRule, FieldValue } from '@/http/apiTypes'

/** What was typed, by the id of the field. Fields that nobody touched aren't in it. */
export type Typed = Record<string, string>
export type Shown = Record<string, FieldValue>

/** The codes of the service. `required` is said only once somebody tries to send the form. */
export type Problem = WrongValue | 'required' | 'not-a-date' | 'not-a-number' | 'unknown-code'

export interface FormContext {
  rules: FieldRule[]
  codes: Record<string, Code[]>
  today: string
}

/** What a field's input shows. A masked value isn't in it: an input that is left empty leaves the value as it is. */
export const inputOf = (id: string, typed: Typed, shown: Shown): string =>
  typed[id] ?? (shown[id]?.masked ? '' : (shown[id]?.value ?? ''))

const idTypeOf = (typed: Typed, shown: Shown): string => inputOf('idType', typed, shown)

/** A value as it is kept. */
function kept(rule: FieldRule, text: string, today: string): string {
  const value = text.trim()
  if (rule.type === 'phone') return normalPhone(value) ?? value
  if (rule.type === 'plate') return normalPlate(value) ?? value
  if (rule.type === 'date') return (value && typedDay(value, today)) ?? value
  return value
}

/** What is wrong with a field. */
export function problemOf(rule: FieldRule, typed: Typed, shown: Shown, { codes, today }: FormContext): Problem | null {
  const value = inputOf(rule.id, typed, shown).trim()
  if (!value) return rule.required && !shown[rule.id]?.masked ? 'required' : null
  switch (rule.type) {
    case 'phone':
      if (areSeveralPhones(value)) return 'several-phones'
      return normalPhone(value) ? null : 'not-a-phone'
    case 'plate':
      return normalPlate(value) ? null : 'not-a-plate'
    case 'date':
      return typedDay(value, today) ? null : 'not-a-date'
    case 'number':
      return Number.isFinite(Number(value)) ? null : 'not-a-number'
    case 'code':
      return rule.codes && !codes[rule.codes]?.some((one) => one.code === value) ? 'unknown-code' : null
    case 'identifier':
      return checkIdentifier(rule.id === 'idNumber' ? idTypeOf(typed, shown) : '*', value, today).error
    default:
      return null
  }
}

/** The problems of all fields. Without any the form can be sent. */
export function problemsOf(typed: Typed, shown: Shown, context: FormContext): Record<string, Problem> {
  const found = context.rules.flatMap((rule) => {
    const problem = problemOf(rule, typed, shown, context)
    return problem ? [[rule.id, problem] as const] : []
  })
  return Object.fromEntries(found)
}

/** The fields that differ from what was there; null removes one. */
export function changesOf(typed: Typed, shown: Shown, { rules, today }: FormContext): Record<string, string | null> {
  const changes: Record<string, string | null> = {}
  for (const rule of rules) {
    const text = typed[rule.id]
    if (text === undefined) continue
    const value = kept(rule, text, today)
    const before = shown[rule.id]
    const known = before && !before.masked ? before.value : ''
    // A masked value can't be compared: it is replaced by what was typed, and left alone by an input that was left empty.
    if (value !== known) changes[rule.id] = value || null
  }
  return changes
}

/** The fields of something new. */
export function fieldsOf(typed: Typed, context: FormContext): Record<string, string> {
  const filled = Object.entries(changesOf(typed, {}, context))
  return Object.fromEntries(filled.flatMap(([id, value]) => (value ? [[id, value]] : [])))
}

/** Birth date and sex, which an identity number tells, for those of these fields that are empty. */
export function toldByNumber(typed: Typed, shown: Shown, { rules, today }: FormContext): Typed {
  const told: Typed = {}
  const { error, birthDate, sex } = checkIdentifier(idTypeOf(typed, shown), typed.idNumber ?? '', today)
  if (error) return told
  const isEmpty = (id: string): boolean =>
    rules.some((rule) => rule.id === id) && !inputOf(id, typed, shown) && !shown[id]?.masked
  if (birthDate && isEmpty('birthDate')) told.birthDate = birthDate
  if (sex && isEmpty('sex')) told.sex = sex
  return told
}
