import { computed, type ComputedRef, type Ref } from 'vue'
import { useElementSize } from './useElementSize'

/** How many rows of a height (in em of the list) fit, so that none is cut in half. A phone scrolls the page, so its list is just short. */
export function useVisibleRows(
  list: Ref<HTMLElement | null>,
  rowHeight: number,
  rowsOnPhone: number,
): ComputedRef<number> {
  const { width, height } = useElementSize(list)
  return computed(() => {
    if (!list.value || width.value === 0) return 0
    if (innerWidth <= 900) return rowsOnPhone
    const pixels = parseFloat(getComputedStyle(list.value).fontSize) * rowHeight
    return Math.max(1, Math.floor((height.value + 1) / pixels))
  })
}
