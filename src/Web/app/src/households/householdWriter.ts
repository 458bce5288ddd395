import { inject, type InjectionKey } from 'vue'
import { api } from '@/http/api'
import type { FieldChanges, Household, SurveySheet } from '@/http/apiTypes'

/** How a form writes: at once from a desk; from a phone through its queue, because there may be no signal at the door. */
export interface HouseholdWriter {
  correct: (household: Household, fields: FieldChanges) => Promise<Household>
  answer: (
    sheet: SurveySheet,
    title: string,
    answers: Record<string, string>,
    correction: boolean,
  ) => Promise<SurveySheet>
}

export const atOnce: HouseholdWriter = {
  correct: (household, fields) => api.correctHousehold(household.id, fields, household.version),
  answer: (sheet, _, answers, correction) => api.answerSurvey(sheet.survey, sheet.subject, answers, correction),
}

export const householdWriter: InjectionKey<HouseholdWriter> = Symbol('householdWriter')
export const useHouseholdWriter = (): HouseholdWriter => inject(householdWriter, atOnce)
