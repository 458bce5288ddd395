import type { Action, ActionBody } from '@/shared/api'

export type FormField = 'reason' | 'to' | 'text' | 'photos' | 'department' | 'rating'

/** What a step asks for; `required` must be filled in. A step without fields is taken at once. */
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
}

/** Steps that depend on what was read: they name the version they were decided on. */
export const decidesOnVersion: ReadonlySet<Action> = new Set(['release', 'handover', 'transfer', 'close', 'reopen'])

const nextSteps: Action[] = ['claim', 'on-site', 'resolve', 'close', 'handover']

const others: Action[] = [
  'progress',
  'resolve',
  'explain',
  'transfer',
  'handover',
  'release',
  'comment',
  'close',
  'reopen',
  'on-site',
  'claim',
]

/** The one next step, and the others behind it. */
export function arrange(actions: Action[]): { primary: Action | null; others: Action[] } {
  const primary = nextSteps.find((step) => actions.includes(step)) ?? null
  return { primary, others: others.filter((action) => action !== primary && actions.includes(action)) }
}

export function missing(action: Action, body: ActionBody): FormField[] {
  return forms[action].required.filter((field) => {
    const value = body[field]
    return typeof value === 'string' ? value.trim() === '' : value === undefined
  })
}

/** Only what the step knows, without empty values. */
export function bodyOf(action: Action, filled: ActionBody): ActionBody {
  const { fields } = forms[action]
  const entries = Object.entries(filled).flatMap(([name, value]) => {
    if (!fields.includes(name as FormField)) return []
    const trimmed = typeof value === 'string' ? value.trim() : value
    if (trimmed === '' || trimmed === undefined || (Array.isArray(trimmed) && trimmed.length === 0)) return []
    return [[name, trimmed]]
  })
  return Object.fromEntries(entries) as ActionBody
}
