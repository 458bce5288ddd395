import { computed, onScopeDispose, watch } from 'vue'
import type { Board } from '@/http/apiTypes'
import { useBoard } from '@/live/useBoard'
import { useSession } from '@/session/sessionStore'

/** Also where nothing moves on the board: a deputy's to-dos are in another area. */
const now = 60_000

/** Calls `reload` when the to-dos of the person's own area change on its board, and now and then while the page is seen. */
export function useTasksAlive(reload: () => void): void {
  const session = useSession()
  const home = session.me?.home
  if (home) {
    const { board } = useBoard(computed(() => home))
    const tasksOf = (held: Board | null): string =>
      JSON.stringify((held?.counts as { tasks?: unknown } | undefined)?.tasks ?? null)
    watch(
      () => tasksOf(board.value),
      (_, before) => before !== 'null' && reload(),
    )
  }
  const timer = setInterval(() => !document.hidden && reload(), now)
  onScopeDispose(() => clearInterval(timer))
}
