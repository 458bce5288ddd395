import type { Action, ActionBody } from '@/http/apiTypes'

export type FormField = 'reason' | 'to' | 'text' | 'photos' | 'department' | 'rating' | 'term' | 'system' | 'mediation'

/** The fields of each step's form, and which of them are required. A step without fields has no form. */
export const forms: Record<Action, { fields: FormField[]; required: FormField[] }> = {
  claim: { fields: [], required: [] },
  'on-site': { fields: [], required: [] },
  release: { fields: ['reason'], required: ['reason'] },
  handover: { fields: ['to', 'reason'], required: ['to', 'reason'] },
  progress: { fields: ['text', 'photos'], required: ['text'] },
  resolve: { fields: ['text', 'photos'], required: ['text'] },
  explain: { fields: ['text'], required: ['text'] },
  transfer: { fields: ['department', 'reason'], required: ['department', 'reason'] },
  comment: { fields: ['text'], required: ['text'] },
  close: { fields: ['rating', 'text'], required: [] },
  reopen: { fields: ['reason'], required: ['reason'] },
  pause: { fields: ['reason', 'photos'], required: ['reason', 'photos'] },
  extension: { fields: ['term', 'reason'], required: ['term', 'reason'] },
  grant: { fields: ['text'], required: [] },
  refuse: { fields: ['reason'], required: ['reason'] },
  resume: { fields: [], required: [] },
  escalate: { fields: ['reason'], required: ['reason'] },
  'send-back': { fields: ['reason'], required: ['reason'] },
  supervise: { fields: ['reason'], required: ['reason'] },
  answer: { fields: ['text'], required: ['text'] },
  return: { fields: ['reason'], required: ['reason'] },
  forward: { fields: ['system', 'reason'], required: ['system', 'reason'] },
  recall: { fields: ['reason'], required: ['reason'] },
  consult: { fields: ['reason'], required: ['reason'] },
  table: { fields: ['reason'], required: ['reason'] },
  // They are taken beside the other case.
  merge: { fields: ['reason'], required: ['reason'] },
  link: { fields: ['reason'], required: ['reason'] },
}

/** Steps that send the version the person saw (If-Match), because they depend on what was read. */
export const decidesOnVersion: ReadonlySet<Action> = new Set([
  'release',
  'handover',
  'transfer',
  'close',
  'return',
  'reopen',
  'grant',
  'refuse',
  'escalate',
  'send-back',
  'forward',
  'recall',
])

/** Handing over isn't among them: for somebody who isn't the claimant it would stand where "claim" stood a moment before. */
const nextSteps: Action[] = ['grant', 'claim', 'resume', 'on-site', 'resolve', 'close']

const inOrder: Action[] = [
  'refuse',
  'answer',
  'progress',
  'resolve',
  'explain',
  'comment',
  'transfer',
  'recall',
  'forward',
  'escalate',
  'send-back',
  'handover',
  'supervise',
  'consult',
  'table',
  'release',
  'close',
  'return',
  'reopen',
  'resume',
  'pause',
  'extension',
  'on-site',
  'claim',
]

/** The main step and the others in the order of their use. */
export function arrange(actions: Action[]): { primary: Action | null; others: Action[] } {
  const primary = nextSteps.find((step) => actions.includes(step)) ?? null
  return { primary, others: inOrder.filter((action) => action !== primary && actions.includes(action)) }
}

/** The message key of a step's name. For the reporter, closing a case is rating it. */
export const nameOf = (action: Action, byReporter: boolean): string =>
  `action.${action === 'close' && byReporter ? 'rate' : action}`

/** The message key of a field's name. */
export const labelKey = (field: FormField, action: Action): string =>
  field === 'text' ? `form.text.${action}` : field === 'photos' && action === 'pause' ? 'form.proof' : `form.${field}`

/** Whether the form of a step has a field. Only the reporter is asked for a rating. */
export const asksFor = (field: FormField, action: Action, byReporter: boolean): boolean =>
  forms[action].fields.includes(field) && (field !== 'rating' || byReporter)

type Filled = Partial<Record<FormField, unknown>>

const isEmpty = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() === '' : Array.isArray(value) ? value.length === 0 : !value

export const missing = (action: Action, filled: Filled): FormField[] =>
  forms[action].required.filter((field) => isEmpty(filled[field]))

/** The body of a request: the fields of the step that aren't empty, trimmed. */
export function bodyOf(action: Action, filled: Filled): ActionBody {
  const known = forms[action].fields.filter((field) => !isEmpty(filled[field]))
  const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() : value)
  return Object.fromEntries(known.map((field) => [field, trimmed(filled[field])])) as ActionBody
}
