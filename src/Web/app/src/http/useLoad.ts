import { ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import { ApiError } from './httpClient'

export interface Load<T> {
  data: ShallowRef<T | null>
  error: ShallowRef<ApiError | null>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * Reads once for each value of the source, and drops an answer when the source has changed since. `read` also gets the data that is
 * shown.
 */
export function useLoad<S, T>(
  source: WatchSource<S>,
  read: (value: S, shown: T | null) => Promise<T>,
  keep = false,
): Load<T> {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  let round = 0
  let current: S

  async function reload(): Promise<void> {
    const mine = ++round
    loading.value = true
    try {
      const answer = await read(current, data.value)
      if (mine !== round) return
      data.value = answer
      error.value = null
    } catch (caught) {
      if (mine !== round) return
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    } finally {
      if (mine === round) loading.value = false
    }
  }

  watch(
    source,
    (value) => {
      current = value
      if (!keep) data.value = null
      void reload()
    },
    { immediate: true },
  )
  return { data, error, loading, reload }
}
