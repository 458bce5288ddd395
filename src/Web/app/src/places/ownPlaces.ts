import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import type { PlaceItem } from '@/http/apiTypes'

/** The buildings and doors of the areas to whose households the person is linked, in the memory of this window alone. */
export const useOwnPlaces = defineStore('own-places', () => {
  const items = shallowRef<PlaceItem[] | null>(null)
  const error = shallowRef<ApiError | null>(null)

  async function load(): Promise<void> {
    try {
      items.value = (await api.ownPlaces()).items
      error.value = null
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    }
  }

  function forget(): void {
    items.value = null
  }

  return { items, error, load, forget }
})
