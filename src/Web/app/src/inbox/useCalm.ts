import { onScopeDispose } from 'vue'

/** How long it stays quiet after it has told something. */
const quietFor = 10_000

/**
 * Tells what comes: the first at once, and what follows within ten seconds all together at their end. However much happens, nobody hears
 * more than one sound in that time.
 */
export function useCalm(tell: (ids: string[]) => void): (fresh: string[]) => void {
  let quietUntil = 0
  let waiting: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function speak(): void {
    timer = undefined
    quietUntil = Date.now() + quietFor
    const ids = waiting
    waiting = []
    tell(ids)
  }
  onScopeDispose(() => clearTimeout(timer))
  return (fresh) => {
    if (fresh.length === 0) return
    waiting.push(...fresh)
    if (Date.now() >= quietUntil && !timer) speak()
    else timer ??= setTimeout(speak, quietUntil - Date.now())
  }
}
