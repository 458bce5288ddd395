import { shallowRef, type ShallowRef } from 'vue'
import type { Catalogue } from '@/shared/api'
import { api } from '@/shared/calls'
import { ApiError } from '@/shared/client'
import { useSession } from '@/shared/session'
import { database } from './db'

/** What the server said the last time, for a start without a signal. */
export async function keptFact<T>(name: string): Promise<T | null> {
  return ((await (await database()).get('facts', name)) as T | undefined) ?? null
}

export async function keepFact(name: string, value: unknown): Promise<void> {
  await (await database()).put('facts', value, name)
}

const catalogue = shallowRef<Catalogue | null>(null)
let readFor = ''

/** The catalogue: the kept one at once, the server's as soon as it answers. */
export function useCatalogue(): { catalogue: ShallowRef<Catalogue | null>; missing: ShallowRef<ApiError | null> } {
  const missing = shallowRef<ApiError | null>(null)
  const pack = useSession().me?.pack.id ?? ''
  if (readFor !== pack) {
    readFor = pack
    catalogue.value = null
    void read(pack, missing)
  } else if (!catalogue.value) void read(pack, missing)
  return { catalogue, missing }
}

async function read(pack: string, missing: ShallowRef<ApiError | null>): Promise<void> {
  const name = `catalogue.${pack}`
  catalogue.value ??= await keptFact<Catalogue>(name)
  try {
    const fresh = await api.catalogue()
    catalogue.value = fresh
    await keepFact(name, fresh)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (!catalogue.value) missing.value = error
  }
}
