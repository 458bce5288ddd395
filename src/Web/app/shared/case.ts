import { shallowRef, type Ref } from 'vue'
import type { CaseChange, CaseView, HistoryEntry } from './api'
import { api } from './calls'
import { useCaseChanges } from './live'
import { useLoad, type Load } from './load'
import { useSession } from './session'

export interface OpenCase {
  view: Load<CaseView>
  history: Load<HistoryEntry[]>
  /** The last thing somebody else did while I looked. */
  news: Ref<CaseChange | null>
  /** Shows what a step of mine answered, without waiting for the push. */
  show: (view: CaseView) => void
  reload: () => Promise<void>
}

/** A case and its history, live; what somebody else does while I look is said. */
export function useCase(id: Ref<string>): OpenCase {
  const session = useSession()
  const view: Load<CaseView> = useLoad(id, async (caseId) => newest(await api.case(caseId)))
  const history = useLoad(id, async (caseId) => (await api.history(caseId)).items)
  const news = shallowRef<CaseChange | null>(null)

  /** An answer that was under way while a later one was shown takes nothing back. */
  function newest(next: CaseView): CaseView {
    const held = view.data.value
    return held && held.id === next.id && held.version > next.version ? held : next
  }

  async function reload(): Promise<void> {
    await Promise.all([view.reload(), history.reload()])
  }

  function onChange(change: CaseChange): void {
    if (change.by !== session.me?.id) news.value = change
    if (change.version > (view.data.value?.version ?? 0)) void reload()
    else void history.reload()
  }

  function show(next: CaseView): void {
    news.value = null
    view.data.value = newest(next)
    void history.reload()
  }

  useCaseChanges(id, onChange, () => void reload())

  return { view, history, news, show, reload }
}
