import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { CaseView, InboxRole } from '@/http/apiTypes'
import { ApiError } from '@/http/httpClient'
import { groups, type InboxEntry } from '@/inbox/inboxEntries'
import { useInbox } from '@/inbox/inboxStore'
import { useInboxView } from '@/inbox/inboxView'
import { useSession } from '@/session/sessionStore'
import { ownerOf } from '../fieldSession'
import { answered, hasSignal } from '../networkSignal'
import { useOutbox } from '../outbox/outboxStore'
import { CalmWriter } from '../storage/calmWriter'
import { lastSeen, storeSeen } from '../storage/lastSeen'

const stored = 'inbox'
const calm = 1000

/** The phone shows one list of the inbox at a time, and keeps what it showed for reading without a signal. */
export const useTodos = defineStore('todos', () => {
  const session = useSession()
  const inbox = useInbox()
  const outbox = useOutbox()
  const view = useInboxView()
  const list = ref<InboxRole | null>(null)
  /** When the server said what is shown, while it comes from the phone. */
  const seenAt = ref<number | null>(null)
  const owner = (): string => ownerOf(session.me!)

  const counts = computed(() => inbox.counts)
  /** The list that is shown: the chosen one, else the first that isn't empty. */
  const shownList = computed<InboxRole>(
    () =>
      list.value ?? groups.find((role) => counts.value[role] > 0) ?? (session.may('assign') ? 'offered' : 'reported'),
  )
  const shown = computed(() => view.rowsOf(shownList.value))
  const total = computed(() => view.byGroup[shownList.value].length)

  async function load(): Promise<void> {
    if (!inbox.entries) void restore()
    await inbox.load()
    if (inbox.error) return
    answered()
    seenAt.value = null
    // The list that was shown first stays, even if another one gets its first item.
    list.value ??= shownList.value
  }

  async function restore(): Promise<void> {
    const kept = await lastSeen<InboxEntry[]>(owner(), stored)
    if (!kept || inbox.entries) return
    seenAt.value = kept.at
    inbox.restore(kept.value)
  }

  const writer = new CalmWriter(calm)
  watch(
    () => inbox.entries,
    (entries) => {
      if (!entries || seenAt.value !== null) return
      // A phone can be lost, so confidential cases stay away from it.
      writer.offer(() => {
        const open = entries.filter((entry) => entry.role !== 'gone' && !entry.case.confidential)
        void storeSeen(owner(), stored, open)
      })
    },
  )

  /**
   * Claims a case. A claim decides who goes there, so nobody has claimed anything before the server says so: without a signal it is a wish,
   * which is sent as soon as there is one, and answered with who was faster.
   */
  async function claim(id: string): Promise<CaseView | null> {
    if (!hasSignal.value) return wish(id)
    const next = await inbox.claim(id)
    return inbox.refusals.get(id)?.status === 0 ? wish(id) : next
  }

  async function wish(id: string): Promise<null> {
    inbox.refuse(id, offline())
    const isKept = outbox.waiting.some(({ job }) => job.kind === 'step' && job.caseId === id && job.action === 'claim')
    const caseTitle = inbox.entries?.find((entry) => entry.case.id === id)?.case.title ?? ''
    if (!isKept) await outbox.keep({ kind: 'step', caseId: id, caseTitle, action: 'claim', body: {} })
    return null
  }

  const offline = () => new ApiError(0, 'claim-offline', '')

  return { list, shownList, shown, total, counts, seenAt, load, claim }
})
