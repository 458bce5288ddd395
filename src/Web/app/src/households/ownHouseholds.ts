import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import type { Household, HouseholdItem, OtherResident } from '@/http/apiTypes'
import { itemOf } from './households'

function byHousehold(residents: OtherResident[]): Map<string, OtherResident[]> {
  const found = new Map<string, OtherResident[]>()
  for (const one of residents) found.set(one.household, [...(found.get(one.household) ?? []), one])
  return found
}

/**
 * The households linked to the person, with names and phones in full. This window holds them in memory; the phone's page keeps them sealed
 * besides (`field/storage/ledger.ts`), because a phone can be lost.
 */
export const useOwnHouseholds = defineStore('own-households', () => {
  const items = shallowRef<HouseholdItem[] | null>(null)
  /** Who else lives there, by household: for searches alone, and read after the list. */
  const others = shallowRef<ReadonlyMap<string, OtherResident[]>>(new Map())
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
    if (!error.value) await loadOthers()
  }

  /** The list is whole without them: when they can't be read, those from before go on being found. */
  async function loadOthers(): Promise<void> {
    try {
      others.value = byHousehold((await api.ownResidents()).items)
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
    }
  }

  /** Shows what the phone has kept, until the server has answered. */
  function restore(kept: HouseholdItem[], at: number, residents: OtherResident[]): void {
    if (items.value) return
    items.value = kept
    readAt.value = at
    others.value = byHousehold(residents)
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
    others.value = new Map()
  }

  return { items, others, error, readAt, loading, load, restore, put, forget }
})
