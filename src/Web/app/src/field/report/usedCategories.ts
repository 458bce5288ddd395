import { ref, type Ref } from 'vue'
import type { Me } from '@/http/apiTypes'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { storeFact, storedFact } from '../storage/storedFacts'
import { ownerOf } from '../fieldSession'
import { usedLast } from './suggestedCategories'

/** The categories the person used last on this phone, and those reported most in their area. */
export function useUsedCategories(me: Me): { recent: Ref<string[]>; frequent: Ref<string[]> } {
  const recent = ref<string[]>([])
  const frequent = ref<string[]>([])
  const area = me.posts[0]?.area

  void (async () => {
    recent.value = (await storedFact<string[]>(`recent.${ownerOf(me)}`)) ?? []
    if (!area) return
    frequent.value = (await storedFact<string[]>(`frequent.${area}`)) ?? []
    try {
      const { categories } = await api.statistics(area)
      const codes = [...categories].sort((a, b) => b.reported - a.reported).map(({ category }) => category)
      await storeFact(`frequent.${area}`, codes)
      // Buttons that are shown don't move, because a thumb may be about to press one. The next form has the new order.
      if (frequent.value.length === 0) frequent.value = codes
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  })()
  return { recent, frequent }
}

export async function rememberCategory(me: Me, code: string): Promise<void> {
  const name = `recent.${ownerOf(me)}`
  await storeFact(name, usedLast(code, (await storedFact<string[]>(name)) ?? []))
}
