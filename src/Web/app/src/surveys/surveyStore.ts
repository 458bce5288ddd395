import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import type { Survey, SurveyItem, SurveySheet, SurveyTarget } from '@/http/apiTypes'

/**
 * The surveys that a worker fills in, and whom they ask, with names in full. They are held in the memory of this window alone and end with
 * it. What was read stays while the signal is gone.
 */
export const useSurveys = defineStore('surveys', () => {
  const items = shallowRef<SurveyItem[] | null>(null)
  const surveys = shallowRef<Record<string, Survey>>({})
  const targets = shallowRef<Record<string, SurveyTarget[]>>({})
  const error = shallowRef<ApiError | null>(null)

  async function reading(read: () => Promise<void>): Promise<void> {
    try {
      await read()
      error.value = null
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    }
  }

  const load = (): Promise<void> => reading(async () => void (items.value = (await api.surveys()).items))

  const open = (id: string): Promise<void> =>
    reading(async () => {
      const [survey, page] = await Promise.all([api.survey(id), api.surveyTargets(id)])
      surveys.value = { ...surveys.value, [id]: survey }
      targets.value = { ...targets.value, [id]: page.items }
    })

  /** Puts a sheet that was filled in here in its place, without reading the whole list again. */
  function put(sheet: SurveySheet): void {
    const held = targets.value[sheet.survey]
    if (!held) return
    const last = sheet.steps.at(-1)
    targets.value = {
      ...targets.value,
      [sheet.survey]: held.map((one) =>
        one.subject === sheet.subject
          ? { ...one, state: sheet.state, at: last?.at ?? null, byName: last?.byName ?? null }
          : one,
      ),
    }
  }

  /** Once nobody is signed in any more, nobody may read on. */
  function forget(): void {
    items.value = null
    surveys.value = {}
    targets.value = {}
  }

  return { items, surveys, targets, error, load, open, put, forget }
})
