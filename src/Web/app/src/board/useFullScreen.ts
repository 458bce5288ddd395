import { onMounted, onScopeDispose, ref, type Ref } from 'vue'

const idleAfter = 4000

/** Full screen with the key F, and no cursor while nobody moves it. */
export function useFullScreen(): { idle: Ref<boolean>; toggleFullScreen: () => void } {
  const idle = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function toggleFullScreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen()
    else void document.documentElement.requestFullscreen?.().catch(() => {})
  }

  function wake(): void {
    idle.value = false
    clearTimeout(timer)
    timer = setTimeout(() => (idle.value = true), idleAfter)
  }

  function onKey(event: KeyboardEvent): void {
    wake()
    if (event.key.toLowerCase() !== 'f' || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
    toggleFullScreen()
  }

  onMounted(() => {
    window.addEventListener('keydown', onKey)
    window.addEventListener('pointermove', wake)
    wake()
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    window.removeEventListener('keydown', onKey)
    window.removeEventListener('pointermove', wake)
  })
  return { idle, toggleFullScreen }
}
