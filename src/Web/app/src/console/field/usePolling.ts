import { onBeforeUnmount, onMounted } from 'vue'

/** Reads again every so often while somebody looks at the page, and at once when they come back to it. */
export function usePolling(read: () => unknown, milliseconds: number): void {
  let timer: ReturnType<typeof setInterval> | undefined
  const look = (): void => void (document.visibilityState === 'visible' && read())
  onMounted(() => {
    timer = setInterval(look, milliseconds)
    document.addEventListener('visibilitychange', look)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })
}
