import type { ChangeName } from '@/households/householdChanges'
import type { Household } from '@/http/apiTypes'

/** What can be done with a household at a desk, by the names of the service. */
export const deskSteps = [
  'correct',
  'dwelling',
  'confirm',
  'add-resident',
  'correct-resident',
  'move-out',
  'death',
  'head',
  'split',
  'merge',
  'move',
] as const
export type DeskStep = (typeof deskSteps)[number]

const changes: readonly string[] = ['move', 'move-out', 'death', 'split', 'merge', 'head']
export const isChange = (step: DeskStep): step is DeskStep & ChangeName => changes.includes(step)

export const stepsOf = (household: Household): DeskStep[] => (household.actions.includes('edit') ? [...deskSteps] : [])
