import { onScopeDispose, watch, type Ref } from 'vue'
import type { CaseChange, CaseView } from '@/http/apiTypes'
import { liveHub } from './hubConnection'

export interface CaseHandlers {
  onChange: (change: CaseChange) => void
  /** The case when watching began: changes between reading the case and watching it are not pushed. */
  onView: (view: CaseView) => void
  /** Changes may have been lost while the connection was down: the case has to be read again. */
  onMissed: () => void
}

const watched = new Map<string, Set<CaseHandlers>>()

liveHub.onMessage('CaseChanged', (change) => watched.get(change.id)?.forEach(({ onChange }) => onChange(change)))
liveHub.onConnected(() =>
  watched.forEach((handlers, id) => {
    void watchCase(id)
    for (const { onMissed } of handlers) onMissed()
  }),
)

async function watchCase(id: string): Promise<void> {
  const view = await liveHub.invoke<CaseView>('WatchCase', id).catch(() => null)
  if (view) watched.get(id)?.forEach(({ onView }) => onView(view))
}

/** Tells about every change of a case, for as long as the component lives. */
export function useCaseChanges(id: Ref<string>, handlers: CaseHandlers): void {
  let release = () => {}

  function begin(next: string): void {
    release = () => {}
    // Which case it is may be read first.
    if (!next) return
    const watching = watched.get(next) ?? new Set()
    watched.set(next, watching.add(handlers))
    if (liveHub.state.connected) void watchCase(next)
    release = () => {
      watching.delete(handlers)
      if (watching.size > 0) return
      watched.delete(next)
      liveHub.tell('UnwatchCase', next)
    }
  }

  watch(
    id,
    (next) => {
      release()
      begin(next)
    },
    { immediate: true },
  )
  onScopeDispose(() => release())
}
