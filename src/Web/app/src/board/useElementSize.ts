import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** The size of an element in pixels, kept up to date. The element may come and go. */
export function useElementSize(element: Ref<HTMLElement | null>): { width: Ref<number>; height: Ref<number> } {
  const width = ref(0)
  const height = ref(0)
  const observer = new ResizeObserver((entries) => {
    const size = entries.at(-1)?.contentRect
    width.value = size?.width ?? 0
    height.value = size?.height ?? 0
  })
  watch(
    element,
    (next) => {
      observer.disconnect()
      if (next) observer.observe(next)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => observer.disconnect())
  return { width, height }
}
