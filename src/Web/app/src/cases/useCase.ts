import { shallowRef, type Ref } from 'vue'
import type { CaseChange, CaseView, HistoryEntry } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useCaseChanges } from '@/live/useCaseChanges'
import { useLoad, type Load } from '@/http/useLoad'
import { useSession } from '@/session/sessionStore'
import { useWrite } from '@/http/useWrite'

/** How many steps of the history are read at first. The others are read when the person asks for them. */
const stepsAtOnce = 1000

export interface CaseHistory {
  entries: HistoryEntry[]
  /** The cursor of the next page, null when everything has been read. */
  next: string | null
}

export interface OpenCase {
  view: Load<CaseView>
  history: Load<CaseHistory>
  /** The last step of somebody else while this person looks at the case. */
  news: Ref<CaseChange | null>
  /** Shows the answer to the person's own step without waiting for the push. */
  show: (view: CaseView) => void
  reload: () => Promise<void>
  readOn: () => Promise<void>
  readingOn: Ref<boolean>
}

/** A case and its history, kept up to date. `news` is the last step of somebody else. */
export function useCase(id: Ref<string>): OpenCase {
  const session = useSession()
  const view: Load<CaseView> = useLoad(id, async (caseId) => newest(await api.case(caseId)))
  const history = useLoad(id, (caseId, shown: CaseHistory | null) =>
    readHistory(caseId, { entries: [], next: null }, Math.max(stepsAtOnce, shown?.entries.length ?? 0)),
  )
  const news = shallowRef<CaseChange | null>(null)
  const { busy: readingOn, run } = useWrite()

  /** The newer of two versions: a slow answer must not replace a version that was pushed in the meantime. */
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
    view.data.value = newest(withExplanations(next, view.data.value))
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

/** The answer to a step explains nothing: it is shown with what is known already, as long as that is still so. */
function withExplanations(next: CaseView, held: CaseView | null): CaseView {
  if (!held) return next
  const isOfferedToTheSame = next.level === held.level && next.offeredTo.join() === held.offeredTo.join()
  return {
    ...next,
    ladder: next.ladder?.length ? next.ladder : held.ladder,
    recipients: next.recipients.map((one) => ({
      ...one,
      ...(isOfferedToTheSame && pick(held.recipients.find((known) => known.person === one.person))),
    })),
  }
}

const pick = (known: CaseView['recipients'][number] | undefined) => known && { why: known.why, whyEn: known.whyEn }

/** Reads further pages, oldest first, until the history has so many steps or ends. */
async function readHistory(caseId: string, held: CaseHistory, steps: number): Promise<CaseHistory> {
  let { entries, next } = held
  do {
    const page = await api.history(caseId, next ?? undefined)
    entries = [...entries, ...page.items]
    next = page.next
  } while (next && entries.length < steps)
  return { entries, next }
}
