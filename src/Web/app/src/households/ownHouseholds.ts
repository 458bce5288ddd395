import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import type { Household, HouseholdItem } from '@/http/apiTypes'
import { itemOf } from './households'

/**
 * The households linked to the person, with names and phones in full. This window holds them in memory; the phone's page keeps them sealed
 * besides (`field/storage/ledger.ts`), because a phone can be lost.
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

  /** Shows what the phone has kept, until the server has answered. */
  function restore(kept: HouseholdItem[], at: number): void {
    if (items.value) return
    items.value = kept
    readAt.value = at
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

  return { items, error, readAt, loading, load, restore, put, forget }
})
