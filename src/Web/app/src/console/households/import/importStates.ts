import type { HouseholdImport, ImportRowState } from '@/http/apiTypes'

export const rowStates: readonly ImportRowState[] = ['new', 'changed', 'unchanged', 'doubtful', 'wrong']

/** Whether the service works on it, so that it is read again soon. */
export const isUnderWay = ({ state }: HouseholdImport): boolean =>
  state === 'waiting' || state === 'checking' || state === 'applying' || state === 'undoing'

export const hasRows = ({ state }: HouseholdImport): boolean =>
  state === 'checked' || state === 'applying' || state === 'applied' || state === 'undoing' || state === 'undone'

export const canApply = ({ state, counts }: HouseholdImport): boolean =>
  state === 'checked' && counts.new + counts.changed > 0

export const canUndo = ({ undoUntil }: HouseholdImport, now: number): boolean =>
  !!undoUntil && Date.parse(undoUntil) > now

/** How many rows stay out. */
export const staysOut = ({ counts }: HouseholdImport): number => counts.doubtful + counts.wrong
