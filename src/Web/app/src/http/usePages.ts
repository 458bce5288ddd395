import { ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'
import type { Page } from './apiTypes'
import { ApiError } from './httpClient'

export interface Pages<T> {
  items: ShallowRef<T[] | null>
  /** Whether the list goes on after what is shown. */
  hasMore: Ref<boolean>
  error: ShallowRef<ApiError | null>
  reload: () => Promise<void>
  more: () => Promise<void>
}

/**
 * Reads a list page by page, from its beginning for each value of the source, and drops an answer when the source has changed since. The
 * items stay while the list is read again.
 */
export function usePages<S, T>(
  source: WatchSource<S>,
  read: (value: S, cursor?: string) => Promise<Page<T>>,
): Pages<T> {
  const items = shallowRef<T[] | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const hasMore = ref(false)
  let next: string | null = null
  let round = 0
  let current: S

  async function load(cursor?: string): Promise<void> {
    const mine = ++round
    try {
      const page = await read(current, cursor)
      if (mine !== round) return
      items.value = cursor ? [...(items.value ?? []), ...page.items] : page.items
      next = page.next
      hasMore.value = next !== null
      error.value = null
    } catch (caught) {
      if (mine !== round) return
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    }
  }

  watch(
    source,
    (value) => {
      current = value
      void load()
    },
    { immediate: true },
  )
  return { items, hasMore, error, reload: () => load(), more: () => load(next ?? undefined) }
}
