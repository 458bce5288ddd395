import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CaseSummary, CaseView, Inbox, InboxChange, InboxLoss, Outage } from '@/http/apiTypes'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { useDraft } from '@/ui/drafts'
import {
  alarmsBetween,
  applyChange,
  arrivalsBetween,
  countRoles,
  entryOf,
  isAlarming,
  isFromOutage,
  isOfOutage,
  settle,
  type Counts,
  type InboxEntry,
} from './inboxEntries'
import { useSession } from '@/session/sessionStore'

/** When a changed item moves to its group. A change by somebody else stays longer, because the person has to read it first. */
const settleAfter = { mine: 1500, others: 6000 }
const holdsFor = 1000
/** How many items the page holds. Of a longer inbox the most urgent are held, and the counts are the server's. */
const maxHeld = 5000
const recountAfter = 3000

/** The person's inbox on the desk and on the phone. It is read once and then kept up to date by pushes. */
export const useInbox = defineStore('inbox', () => {
  const session = useSession()
  const entries = shallowRef<InboxEntry[] | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const claiming = ref(new Set<string>())
  const refusals = ref(new Map<string, ApiError>())
  /** Cases that began to wait for the person since they last looked. */
  const arrivals = shallowRef<string[]>([])
  /** Own cases of which a clock has warned or run out since the person last looked. */
  const alarms = shallowRef<string[]>([])
  /** What fell due while the service was down, until the person has read it. No alarm tells of it besides. */
  const outage = shallowRef<Outage | null>(null)
  /** Whether somebody points at or touches the list. Nothing in it moves then. */
  const paused = ref(false)
  /** Whether every item is held. Until then the counts are those that the server answered. */
  const complete = ref(false)
  const answered = shallowRef<Counts | null>(null)
  /** The versions of the cases that were opened in this window. */
  const { draft: opened } = useDraft('inbox.opened', () => ({ versions: {} as Record<string, number> }))
  let timer: ReturnType<typeof setTimeout> | undefined
  let recounting: ReturnType<typeof setTimeout> | undefined
  let settleAt = 0
  /** Changes that were pushed while the list was being read, which it may lack. */
  let meanwhile: (InboxChange | InboxLoss)[] = []
  let reading = 0
  let lastRound = 0
  /** Own cases of which a clock ran out long ago, until it is known whether there was an outage. */
  let late: string[] = []

  const counts = computed<Counts>(() =>
    complete.value || !answered.value ? countRoles(entries.value ?? []) : answered.value,
  )
  /** How many items of a very long inbox are not held. */
  const beyond = computed(() => {
    const { offered, mine, watching, reported } = counts.value
    return complete.value ? 0 : Math.max(0, offered + mine + watching + reported - (entries.value?.length ?? 0))
  })
  const hasUnread = computed(() => entries.value?.some((entry) => entry.unread) ?? false)

  const isOpened = (one: CaseSummary): boolean => (opened.versions[one.id] ?? 0) >= one.version
  const withoutOpened = <T extends { unread: boolean; case: CaseSummary }>(item: T): T =>
    item.unread && isOpened(item.case) ? { ...item, unread: false } : item

  /** Reads the whole inbox page by page, the most urgent first. The first read shows each page at once; a later one replaces the list when it is complete. */
  async function load(): Promise<void> {
    const round = ++lastRound
    const before = entries.value
    if (reading++ === 0) meanwhile = []
    try {
      const list = new Map<string, InboxEntry>()
      let cursor: string | undefined
      do {
        const page = await api.inbox(cursor)
        if (round !== lastRound) return
        for (const item of page.items) list.set(item.case.id, entryOf(withoutOpened(item)))
        take(page)
        cursor = page.next ?? undefined
        const isLast = !cursor || list.size >= maxHeld
        if (before && !isLast) continue
        const me = session.me?.id ?? ''
        entries.value = meanwhile.reduce((all, event) => applyChange(all, event, me), [...list.values()])
        complete.value = !cursor
        error.value = null
        if (isLast) break
      } while (cursor)
      if (before) tell(before)
      if (outage.value) alarms.value = alarms.value.filter((id) => !isToldOf(id))
      settleSoon(settleAfter.others)
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      if (round === lastRound) error.value = caught
    } finally {
      reading--
    }
  }

  function change(pushed: InboxChange | InboxLoss): void {
    const event = pushed.case ? withoutOpened(pushed) : pushed
    if (reading > 0) meanwhile.push(event)
    if (!entries.value) return
    const byMe = event.by === session.me?.id
    if (byMe) refusals.value.delete(event.caseId)
    const before = entries.value
    entries.value = applyChange(before, event, session.me?.id ?? '')
    if (event.role !== 'offered') forget(event.caseId)
    const isLate = event.case ? isFromOutage(event) : false
    if (!byMe) tell(before, isLate)
    alarms.value = stillAlarming(alarms.value)
    if (!complete.value || isLate) recountSoon()
    settleSoon(byMe ? settleAfter.mine : settleAfter.others)
  }

  /** Notes what the person should hear of since an earlier list. What fell due in an outage is told when the service says how much it was. */
  function tell(before: InboxEntry[], isLate = false): void {
    const now = entries.value ?? []
    arrivals.value = joined(arrivals.value, arrivalsBetween(before, now))
    const fresh = alarmsBetween(before, now)
    if (isLate) late = joined(late, fresh)
    else alarms.value = stillAlarming(joined(alarms.value, fresh))
  }
  /** What every page of the inbox answers besides its items. */
  function take({ counts: now, outage: told }: Inbox): void {
    answered.value = now
    outage.value = told
    const held = joined(alarms.value, late)
    late = []
    alarms.value = stillAlarming(held.filter((id) => !isToldOf(id)))
  }
  /** Whether what is said of the outage tells of a case. */
  function isToldOf(id: string): boolean {
    const one = entries.value?.find((entry) => entry.case.id === id)?.case
    return !!outage.value && !!one && isOfOutage(one, outage.value)
  }
  const joined = (known: string[], more: string[]): string[] =>
    more.length > 0 ? [...new Set([...known, ...more])] : known
  function stillAlarming(ids: string[]): string[] {
    if (ids.length === 0) return ids
    const alarming = new Set((entries.value ?? []).filter(isAlarming).map((entry) => entry.case.id))
    return ids.every((id) => alarming.has(id)) ? ids : ids.filter((id) => alarming.has(id))
  }
  function forget(id: string): void {
    if (arrivals.value.includes(id)) arrivals.value = arrivals.value.filter((one) => one !== id)
  }
  function lookedAt(id: string): void {
    forget(id)
    if (alarms.value.includes(id)) alarms.value = alarms.value.filter((one) => one !== id)
  }

  /** Asks for the counts again: a pushed change of an item that isn't held says nothing about the role it had. */
  function recountSoon(): void {
    recounting ??= setTimeout(async () => {
      recounting = undefined
      const page = await api.inbox(undefined, 1).catch(() => null)
      if (page) take(page)
    }, recountAfter)
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
    const offered = new Set(entries.value.filter(({ group }) => group === 'offered').map((entry) => entry.case.id))
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
      refuse(id, caught)
      return null
    } finally {
      claiming.value.delete(id)
    }
  }

  function refuse(id: string, refusal: ApiError): void {
    refusals.value.set(id, refusal)
    settleSoon(settleAfter.others)
  }

  /** Applies the answer to a claim, which arrives before its push. */
  function took(view: CaseView): void {
    const me = session.me
    if (!me || view.claimant !== me.id) return
    change({ role: 'mine', unread: false, caseId: view.id, step: 'claimed', by: me.id, byName: me.name, case: view })
  }

  /** The person has opened a case: it is no longer new. */
  function open(one: Pick<CaseSummary, 'id' | 'version'>): void {
    lookedAt(one.id)
    if ((opened.versions[one.id] ?? 0) >= one.version) return
    opened.versions[one.id] = one.version
    if (entries.value?.some((entry) => entry.unread && entry.case.id === one.id))
      entries.value = entries.value.map(withoutOpened)
  }

  /** Shows what was kept on the phone until the server answers. */
  function restore(kept: InboxEntry[]): void {
    if (entries.value) return
    entries.value = kept
    complete.value = true
  }

  async function seen(): Promise<void> {
    try {
      await api.inboxSeen()
      arrivals.value = alarms.value = []
      outage.value = null
      entries.value = entries.value?.map((entry) => ({ ...entry, unread: false })) ?? null
    } catch (caught) {
      // The items stay marked as new, and the button stays to try again.
      if (!(caught instanceof ApiError)) throw caught
    }
  }

  return {
    entries,
    error,
    counts,
    beyond,
    hasUnread,
    claiming,
    refusals,
    arrivals,
    alarms,
    outage,
    paused,
    load,
    change,
    claim,
    refuse,
    open,
    restore,
    seen,
  }
})
