import type { Action } from '@/shared/api'

export type FormField = 'reason' | 'text' | 'photos' | 'department' | 'rating'

export interface StepForm {
  fields: FormField[]
  required: FormField[]
  /** Can be taken without a signal and sent later: it neither depends on what others do meanwhile nor hinders them. */
  waits: boolean
  /** Decided on what was read: it names the version. */
  onVersion: boolean
}

const step = (fields: FormField[], required: FormField[], more: Partial<StepForm> = {}): StepForm => ({
  fields,
  required,
  waits: false,
  onVersion: false,
  ...more,
})

/** The steps a phone offers. Handing over to a person needs the whole tree of posts, and is left to the desk. */
export const forms: Partial<Record<Action, StepForm>> = {
  claim: step([], []),
  'on-site': step([], [], { waits: true }),
  progress: step(['text', 'photos'], ['text'], { waits: true }),
  resolve: step(['text', 'photos'], ['text'], { waits: true }),
  explain: step(['text'], ['text'], { waits: true }),
  comment: step(['text'], ['text'], { waits: true }),
  release: step(['reason'], ['reason'], { onVersion: true }),
  transfer: step(['department', 'reason'], ['department', 'reason'], { onVersion: true }),
  close: step(['rating', 'text'], [], { onVersion: true }),
  reopen: step(['reason'], ['reason'], { onVersion: true }),
}

const primaries: Action[] = ['claim', 'on-site', 'resolve', 'close']
const order: Action[] = [
  'progress',
  'resolve',
  'explain',
  'comment',
  'transfer',
  'release',
  'close',
  'reopen',
  'on-site',
  'claim',
]

/** The one next step under the thumb, one beside it, and the others behind "more". */
export function arranged(actions: Action[]): { primary: Action | null; second: Action | null; others: Action[] } {
  const offered = order.filter((action) => actions.includes(action) && forms[action])
  const primary = primaries.find((action) => offered.includes(action)) ?? null
  const rest = offered.filter((action) => action !== primary)
  const [second = null, ...others] = rest
  return { primary, second, others }
}

/** What a step is called: the one who reported closes a case with a rating. */
export const nameOf = (action: Action, byReporter: boolean): string =>
  `field.action.${action === 'close' && byReporter ? 'rate' : action}`
