import type { Household } from '@/http/apiTypes'

/** What can be done with a household on the phone. */
export const phoneSteps = [
  'visit',
  'appointment',
  'confirm',
  'correct',
  'dwelling',
  'add-resident',
  'correct-resident',
  'move-out',
  'death',
  'head',
  'report',
] as const
export type PhoneStep = (typeof phoneSteps)[number]

/** Reporting a case is a right of its own, which the report asks for; everything else changes the household. */
export const stepsOf = (household: Household): PhoneStep[] =>
  household.actions.includes('edit') ? [...phoneSteps] : ['report']
