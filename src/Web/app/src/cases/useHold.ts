import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** As long as a double click, and as somebody needs to see that a button has changed. */
const holdsFor = 800

/**
 * True for a moment after the steps on offer have changed. A press meant for the step that stood there before then does nothing: not
 * after losing a race, and not with the second half of a double click.
 */
export function useHold(steps: () => readonly unknown[]): Ref<boolean> {
  const held = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(steps, (now, before) => {
    if (now.every((one, index) => one === before[index])) return
    held.value = true
    clearTimeout(timer)
    timer = setTimeout(() => (held.value = false), holdsFor)
  })
  onScopeDispose(() => clearTimeout(timer))
  return held
}
