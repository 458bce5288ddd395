import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CaseView, InboxChange } from '@/http/apiTypes'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { applyChange, entryOf, grouped, groups, settle, type InboxEntry } from './inboxEntries'
import { useSession } from '@/session/sessionStore'

/** When a changed item moves to its group. A change by somebody else stays longer, because the person has to read it first. */
const settleAfter = { mine: 1500, others: 6000 }
const holdsFor = 1000

/** The person's inbox on the desk and on the phone. It is read once and then kept up to date by pushes. */
export const useInbox = defineStore('inbox', () => {
  const session = useSession()
  const entries = shallowRef<InboxEntry[] | null>(null)
  const next = ref<string | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const claiming = ref(new Set<string>())
  const refusals = ref(new Map<string, ApiError>())
  /** Whether somebody points at or touches the list. Nothing in it moves then. */
  const paused = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let settleAt = 0
  /** Changes that were pushed while the list was being read, which it may lack. */
  let meanwhile: InboxChange[] = []
  let reading = 0

  const byGroup = computed(() => grouped(entries.value ?? []))
  const inOrder = computed(() => groups.flatMap((group) => byGroup.value[group]))
  const hasUnread = computed(() => entries.value?.some((entry) => entry.unread) ?? false)

  async function read(cursor?: string): Promise<void> {
    if (reading++ === 0) meanwhile = []
    try {
      const inbox = await api.inbox(cursor)
      const above = cursor ? (entries.value ?? []) : []
      const known = new Set(above.map((entry) => entry.case.id))
      const list = [...above, ...inbox.items.filter((item) => !known.has(item.case.id)).map(entryOf)]
      entries.value = meanwhile.reduce((all, event) => applyChange(all, event, session.me?.id ?? ''), list)
      next.value = inbox.next
      error.value = null
      settleSoon(settleAfter.others)
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    } finally {
      reading--
    }
  }

  function change(event: InboxChange): void {
    if (reading > 0) meanwhile.push(event)
    if (!entries.value) return
    const byMe = event.by === session.me?.id
    if (byMe) refusals.value.delete(event.case.id)
    entries.value = applyChange(entries.value, event, session.me?.id ?? '')
    settleSoon(byMe ? settleAfter.mine : settleAfter.others)
  }

  /** Plans to move changed items, never earlier than planned before. */
  function settleSoon(wait: number): void {
    settleAt = Math.max(settleAt, Date.now() + wait)
    clearTimeout(timer)
    timer = setTimeout(settleNow, settleAt - Date.now())
  }

  function settleNow(): void {
    if (paused.value) return settleSoon(holdsFor)
    if (!entries.value) return
    entries.value = settle(entries.value)
    const offered = new Set(byGroup.value.offered.map((entry) => entry.case.id))
    for (const id of refusals.value.keys()) if (!offered.has(id)) refusals.value.delete(id)
  }

  /** Claims a case. When somebody else was faster, `refusals` has the answer that names them. */
  async function claim(id: string): Promise<CaseView | null> {
    if (claiming.value.has(id)) return null
    claiming.value.add(id)
    refusals.value.delete(id)
    try {
      const view = await api.act(id, 'claim')
      took(view)
      return view
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      refusals.value.set(id, caught)
      settleSoon(settleAfter.others)
      return null
    } finally {
      claiming.value.delete(id)
    }
  }

  /** Applies the answer to a claim, which arrives before its push. */
  function took(view: CaseView): void {
    const me = session.me
    if (!me || view.claimant !== me.id) return
    change({ role: 'mine', unread: false, step: 'claimed', by: me.id, byName: me.name, case: view })
  }

  async function seen(): Promise<void> {
    try {
      await api.inboxSeen()
      entries.value = entries.value?.map((entry) => ({ ...entry, unread: false })) ?? null
    } catch (caught) {
      // The items stay marked as new, and the button stays to try again.
      if (!(caught instanceof ApiError)) throw caught
    }
  }

  return {
    entries,
    next,
    error,
    byGroup,
    inOrder,
    hasUnread,
    claiming,
    refusals,
    paused,
    load: () => read(),
    loadMore: async () => void (next.value && (await read(next.value))),
    change,
    claim,
    seen,
  }
})
