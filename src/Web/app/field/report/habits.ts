import { ref, type Ref } from 'vue'
import type { Me } from '@/shared/api'
import { api } from '@/shared/calls'
import { ApiError } from '@/shared/client'
import { keepFact, keptFact } from '../facts'
import { ownerOf } from '../who'
import { usedLast } from './categories'

/** What a person used last on this phone, and what is reported most where they work. */
export function useHabits(me: Me): { recent: Ref<string[]>; frequent: Ref<string[]> } {
  const recent = ref<string[]>([])
  const frequent = ref<string[]>([])
  const area = me.posts[0]?.area

  void (async () => {
    recent.value = (await keptFact<string[]>(`recent.${ownerOf(me)}`)) ?? []
    if (!area) return
    frequent.value = (await keptFact<string[]>(`frequent.${area}`)) ?? []
    try {
      const { categories } = await api.statistics(area)
      const codes = [...categories].sort((a, b) => b.reported - a.reported).map(({ category }) => category)
      await keepFact(`frequent.${area}`, codes)
      // What is shown stays where it is: a thumb may be on its way. The next form has the new order.
      if (frequent.value.length === 0) frequent.value = codes
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  })()
  return { recent, frequent }
}

export async function rememberCategory(me: Me, code: string): Promise<void> {
  const name = `recent.${ownerOf(me)}`
  await keepFact(name, usedLast(code, (await keptFact<string[]>(name)) ?? []))
}
