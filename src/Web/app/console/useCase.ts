import { shallowRef, type Ref } from 'vue'
import type { CaseChange, CaseView, HistoryEntry } from '@/shared/api'
import { api } from '@/shared/calls'
import { useLoad, type Load } from '@/shared/load'
import { useCaseChanges } from '@/shared/live'
import { useSession } from '@/shared/session'

export interface OpenCase {
  view: Load<CaseView>
  history: Load<HistoryEntry[]>
  /** The last thing somebody else did while I looked. */
  news: Ref<CaseChange | null>
  /** Shows what a step of mine answered, without waiting for the push. */
  show: (view: CaseView) => void
  reload: () => Promise<void>
}

export function useCase(id: Ref<string>): OpenCase {
  const session = useSession()
  const view = useLoad(id, (caseId) => api.case(caseId))
  const history = useLoad(id, async (caseId) => (await api.history(caseId)).items)
  const news = shallowRef<CaseChange | null>(null)

  async function reload(): Promise<void> {
    await Promise.all([view.reload(), history.reload()])
  }

  useCaseChanges(
    id,
    (change) => {
      if (change.by !== session.me?.id) news.value = change
      if (change.version > (view.data.value?.version ?? 0)) void reload()
      else void history.reload()
    },
    () => void reload(),
  )

  return {
    view,
    history,
    news,
    show: (next) => {
      if (next.version >= (view.data.value?.version ?? 0)) view.data.value = next
      void history.reload()
    },
    reload,
  }
}
