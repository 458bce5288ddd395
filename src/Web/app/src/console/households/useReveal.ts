import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Revealed } from '@/http/apiTypes'

/** How long values stay in clear, in seconds. A screen that is left alone shows nothing for longer. */
const shownFor = 60

/** Values that were revealed, in memory and for a minute. */
export function useReveal() {
  const values = shallowRef<Revealed | null>(null)
  const left = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function hide(): void {
    clearInterval(timer)
    values.value = null
    left.value = 0
  }
  function show(revealed: Revealed): void {
    hide()
    values.value = revealed
    const until = Date.now() + shownFor * 1000
    left.value = shownFor
    timer = setInterval(() => {
      left.value = Math.ceil((until - Date.now()) / 1000)
      if (left.value <= 0) hide()
    }, 500)
  }
  onScopeDispose(hide)

  return {
    left,
    show,
    hide,
    fields: computed(() => values.value?.fields ?? {}),
    ofResident: (resident: string): Record<string, string> => values.value?.residents[resident] ?? {},
  }
}
