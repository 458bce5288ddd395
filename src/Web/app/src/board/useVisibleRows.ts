import { computed, type ComputedRef, type Ref } from 'vue'
import { useElementSize } from './useElementSize'

/** How many rows of a height (in em of the list) fit, so that none is cut in half. On a phone the list is simply short. */
export function useVisibleRows(list: Ref<HTMLElement | null>, em: number, short: number): ComputedRef<number> {
  const { width, height } = useElementSize(list)
  return computed(() => {
    if (!list.value || width.value === 0) return 0
    if (innerWidth <= 900) return short
    const rowHeight = parseFloat(getComputedStyle(list.value).fontSize) * em
    return Math.max(1, Math.floor((height.value + 1) / rowHeight))
  })
}
