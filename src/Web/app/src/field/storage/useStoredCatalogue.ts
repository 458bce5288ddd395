import { shallowRef, type ShallowRef } from 'vue'
import { api } from '@/http/api'
import type { Catalogue } from '@/http/apiTypes'
import { ApiError } from '@/http/httpClient'
import { useSession } from '@/session/sessionStore'
import { storedFact, storeFact } from './storedFacts'

const catalogue = shallowRef<Catalogue | null>(null)
let readFor = ''

/** The catalogue: first the copy stored on this phone, then the server's as soon as it answers. */
export function useStoredCatalogue(): {
  catalogue: ShallowRef<Catalogue | null>
  missing: ShallowRef<ApiError | null>
} {
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
  catalogue.value ??= await storedFact<Catalogue>(name)
  try {
    const fresh = await api.catalogue()
    catalogue.value = fresh
    await storeFact(name, fresh)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    if (!catalogue.value) missing.value = error
  }
}
