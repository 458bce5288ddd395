import { onScopeDispose, ref, watch, type Ref, type ShallowRef } from 'vue'
import type { Board } from '@/http/apiTypes'

/** What isn't on boards is looked at so often. */
const now = 15_000

/**
 * Calls `reload` whenever the to-dos on a board change, at most once a second, and now and then; not for a window that nobody sees.
 * @returns How often it has called.
 */
export function useFollowed(board: ShallowRef<Board | null>, reload: () => void): Ref<number> {
  const rounds = ref(0)
  let waiting: ReturnType<typeof setTimeout> | undefined

  function soon(): void {
    waiting ??= setTimeout(() => {
      waiting = undefined
      if (document.hidden) return
      rounds.value++
      reload()
    }, 1000)
  }

  watch(
    () => JSON.stringify((board.value?.counts as { tasks?: unknown } | undefined)?.tasks ?? null),
    (_, before) => before !== 'null' && soon(),
  )
  const timer = setInterval(soon, now)
  onScopeDispose(() => {
    clearInterval(timer)
    clearTimeout(waiting)
  })
  return rounds
}
