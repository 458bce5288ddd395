import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { ApiError } from './httpClient'

export interface Write {
  busy: Ref<boolean>
  error: ShallowRef<ApiError | null>
  /** Runs one write. A second call while it runs is ignored. Undefined when the write was refused or ignored. */
  run: <T>(write: () => Promise<T>) => Promise<T | undefined>
}

export function useWrite(): Write {
  const busy = ref(false)
  const error = shallowRef<ApiError | null>(null)
  async function run<T>(write: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    error.value = null
    try {
      return await write()
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, error, run }
}
