import { shallowRef, type ShallowRef } from 'vue'
import type { Catalogue } from '@/http/apiTypes'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'

const held = shallowRef<Catalogue | null>(null)
let reading: Promise<void> | null = null

/** The catalogue, which is read once per window because it hardly ever changes. */
export function useCatalogue(): ShallowRef<Catalogue | null> {
  reading ??= api
    .catalogue()
    .then((catalogue) => void (held.value = catalogue))
    .catch((error: unknown) => {
      reading = null
      if (!(error instanceof ApiError)) throw error
    })
  return held
}
