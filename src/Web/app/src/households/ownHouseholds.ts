import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import type { Household, HouseholdItem } from '@/http/apiTypes'
import { itemOf } from './households'

/**
 * The households linked to the person, with names and phones in full. They are held in the memory of this window alone and end with it:
 * a phone can be lost, and nothing personal is stored on it in clear.
 */
export const useOwnHouseholds = defineStore('own-households', () => {
  const items = shallowRef<HouseholdItem[] | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const readAt = ref<number | null>(null)
  const loading = ref(false)

  async function load(): Promise<void> {
    if (loading.value) return
    loading.value = true
    try {
      items.value = (await api.ownHouseholds()).items
      readAt.value = Date.now()
      error.value = null
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    } finally {
      loading.value = false
    }
  }

  /** Puts a household that was changed here in its place, without reading the whole list again. */
  function put(one: Household): void {
    if (!items.value || !one.linked) return
    const item = itemOf(one, items.value.find(({ id }) => id === one.id)?.openCases ?? 0)
    const isNew = items.value.every(({ id }) => id !== one.id)
    items.value = isNew ? [...items.value, item] : items.value.map((held) => (held.id === one.id ? item : held))
  }

  /** Once nobody is signed in any more, nobody may read on. */
  function forget(): void {
    items.value = readAt.value = null
  }

  return { items, error, readAt, loading, load, put, forget }
})
