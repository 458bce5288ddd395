import { shallowRef, type Ref } from 'vue'
import type { CaseChange, CaseView } from '@/shared/api'
import { api } from '@/shared/calls'
import { useCaseChanges } from '@/shared/live'
import { useLoad } from '@/shared/load'
import { useSession } from '@/shared/session'

/** A case and its history, live; what somebody else does while I look is said. */
export function useCase(id: Ref<string>) {
  const session = useSession()
  const view = useLoad(id, (caseId) => api.case(caseId))
  const history = useLoad(id, async (caseId) => (await api.history(caseId)).items)
  const news = shallowRef<CaseChange | null>(null)

  const reload = async (): Promise<void> => void (await Promise.all([view.reload(), history.reload()]))

  useCaseChanges(
    id,
    (change) => {
      if (change.by !== session.me?.id) news.value = change
      void reload()
    },
    () => void reload(),
  )

  /** Shows what a step of mine answered, without waiting for the push. */
  function show(next: CaseView): void {
    news.value = null
    if (next.version >= (view.data.value?.version ?? 0)) view.data.value = next
    void history.reload()
  }

  return { view, history, news, show, reload }
}
