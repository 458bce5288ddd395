import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CaseView, InboxChange } from '@/shared/api'
import { api } from '@/shared/calls'
import { ApiError } from '@/shared/client'
import { useSession } from '@/shared/session'
import { applyChange, entryOf, grouped, settle, type Entry } from './inbox'

/** What I did I know already; what somebody else did has to be read first. */
const settleAfter = { mine: 1500, others: 6000 }

export const useInbox = defineStore('inbox', () => {
  const session = useSession()
  const entries = shallowRef<Entry[] | null>(null)
  const next = ref<string | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const claiming = ref(new Set<string>())
  const refusals = ref(new Map<string, ApiError>())
  /** Somebody points at the list: nothing in it moves. */
  const held = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What happened while the list was on its way, which it may not hold yet. */
  let meanwhile: InboxChange[] = []
  let loading = 0

  const byGroup = computed(() => grouped(entries.value ?? []))
  const inOrder = computed(() => byGroup.value.flatMap((group) => group.entries))

  async function load(): Promise<void> {
    if (loading++ === 0) meanwhile = []
    try {
      const inbox = await api.inbox()
      const me = session.me?.id ?? ''
      entries.value = meanwhile.reduce((list, event) => applyChange(list, event, me), inbox.items.map(entryOf))
      settleSoon(settleAfter.others)
      next.value = inbox.next
      error.value = null
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    } finally {
      loading--
    }
  }

  async function loadMore(): Promise<void> {
    if (!next.value || !entries.value) return
    const inbox = await api.inbox(next.value)
    const known = new Set(entries.value.map((entry) => entry.case.id))
    const more = inbox.items.filter((item) => !known.has(item.case.id)).map(entryOf)
    entries.value = [...entries.value, ...more]
    next.value = inbox.next
  }

  function change(event: InboxChange): void {
    if (loading > 0) meanwhile.push(event)
    if (!entries.value) return
    refusals.value.delete(event.case.id)
    entries.value = applyChange(entries.value, event, session.me?.id ?? '')
    settleSoon(event.by === session.me?.id ? settleAfter.mine : settleAfter.others)
  }

  function settleSoon(wait: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (held.value) settleSoon(wait)
      else if (entries.value) entries.value = settle(entries.value)
    }, wait)
  }

  /** One of many who press at the same instant gets it; the others learn who did. */
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
      return null
    } finally {
      claiming.value.delete(id)
    }
  }

  /** The answer is here before the push is; don't wait for it. */
  function took(view: CaseView): void {
    const me = session.me
    if (!me || view.claimant !== me.id) return
    change({ role: 'mine', unread: false, step: 'claimed', by: me.id, byName: me.name, case: view })
  }

  async function seen(): Promise<void> {
    await api.inboxSeen()
    entries.value = entries.value?.map((entry) => ({ ...entry, unread: false })) ?? null
  }

  const hasUnread = computed(() => entries.value?.some((entry) => entry.unread) ?? false)
  return {
    entries,
    next,
    error,
    byGroup,
    inOrder,
    claiming,
    refusals,
    held,
    hasUnread,
    load,
    loadMore,
    change,
    claim,
    seen,
  }
})
