import { shallowRef, type Ref } from 'vue'
import type { CaseChange, CaseView, HistoryEntry } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useCaseChanges } from '@/live/useCaseChanges'
import { useLoad, type Load } from '@/http/useLoad'
import { useSession } from '@/session/sessionStore'
import { useWrite } from '@/http/useWrite'

/** Steps that are read at once; a case with more is read on when somebody asks. */
const stepsAtOnce = 1000

export interface CaseHistory {
  entries: HistoryEntry[]
  /** Where to read on, null when these are all. */
  next: string | null
}

export interface OpenCase {
  view: Load<CaseView>
  history: Load<CaseHistory>
  /** The last thing somebody else did while I looked. */
  news: Ref<CaseChange | null>
  /** Shows what a step of mine answered, without waiting for the push. */
  show: (view: CaseView) => void
  reload: () => Promise<void>
  readOn: () => Promise<void>
  readingOn: Ref<boolean>
}

/** A case and its history, live; what somebody else does while I look is said. */
export function useCase(id: Ref<string>): OpenCase {
  const session = useSession()
  const view: Load<CaseView> = useLoad(id, async (caseId) => newest(await api.case(caseId)))
  const history = useLoad(id, (caseId, shown: CaseHistory | null) =>
    readHistory(caseId, { entries: [], next: null }, Math.max(stepsAtOnce, shown?.entries.length ?? 0)),
  )
  const news = shallowRef<CaseChange | null>(null)
  const { busy: readingOn, run } = useWrite()

  /** An answer that was under way while a later one was shown takes nothing back. */
  function newest(next: CaseView): CaseView {
    const held = view.data.value
    return held && held.id === next.id && held.version > next.version ? held : next
  }

  const isNews = (version: number): boolean => version > (view.data.value?.version ?? 0)

  async function reload(): Promise<void> {
    await Promise.all([view.reload(), history.reload()])
  }

  async function readOn(): Promise<void> {
    const held = history.data.value
    const caseId = id.value
    if (!held?.next) return
    const more = await run(() => readHistory(caseId, held, held.entries.length + stepsAtOnce))
    if (more && caseId === id.value) history.data.value = more
  }

  function show(next: CaseView): void {
    news.value = null
    view.data.value = newest(next)
    void history.reload()
  }

  useCaseChanges(id, {
    onChange: (change) => {
      if (change.by !== session.me?.id) news.value = change
      if (isNews(change.version)) void reload()
      else void history.reload()
    },
    onView: (seen) => {
      if (!isNews(seen.version)) return
      view.data.value = seen
      void history.reload()
    },
    onMissed: () => void reload(),
  })

  return { view, history, news, show, reload, readOn, readingOn }
}

/** Reads on, oldest first, until there are so many steps or no more. */
async function readHistory(caseId: string, held: CaseHistory, steps: number): Promise<CaseHistory> {
  let { entries, next } = held
  do {
    const page = await api.history(caseId, next ?? undefined)
    entries = [...entries, ...page.items]
    next = page.next
  } while (next && entries.length < steps)
  return { entries, next }
}
