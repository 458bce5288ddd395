import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CaseView, InboxChange, InboxRole } from '@/shared/api'
import { api } from '@/shared/calls'
import { ApiError } from '@/shared/client'
import { useSession } from '@/shared/session'
import { applied, inList, lists, settled, todoOf, type Todo } from './todos'

/** What I did I know already; what somebody else did has to be read first. */
const settleAfter = { mine: 1500, others: 6000 }

export const useTodos = defineStore('todos', () => {
  const session = useSession()
  const todos = shallowRef<Todo[] | null>(null)
  const next = ref<string | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const list = ref<InboxRole | null>(null)
  const claiming = ref(new Set<string>())
  const refusals = ref(new Map<string, ApiError>())
  /** A finger is on the list: nothing in it moves. */
  const held = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let settleAt = 0

  const counts = computed(() => {
    const count = (role: InboxRole) => todos.value?.filter((todo) => todo.role === role).length ?? 0
    return { offered: count('offered'), mine: count('mine'), watching: count('watching'), reported: count('reported') }
  })
  /** The list that is shown: the chosen one, else the first that holds something. */
  const shownList = computed<InboxRole>(
    () =>
      list.value ?? lists.find((role) => counts.value[role] > 0) ?? (session.may('assign') ? 'offered' : 'reported'),
  )
  const shown = computed(() => inList(todos.value ?? [], shownList.value))

  async function load(): Promise<void> {
    try {
      const inbox = await api.inbox()
      // Until somebody chooses, the list that was opened stays open.
      todos.value = inbox.items.map(todoOf)
      list.value ??= shownList.value
      next.value = inbox.next
      error.value = null
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    }
  }

  async function loadMore(): Promise<void> {
    if (!next.value || !todos.value) return
    const inbox = await api.inbox(next.value)
    const known = new Set(todos.value.map((todo) => todo.case.id))
    todos.value = [...todos.value, ...inbox.items.filter((item) => !known.has(item.case.id)).map(todoOf)]
    next.value = inbox.next
  }

  function change(event: InboxChange): void {
    if (!todos.value) return
    todos.value = applied(todos.value, event, session.me?.id ?? '')
    if (event.by === session.me?.id) refusals.value.delete(event.case.id)
    settleSoon(event.by === session.me?.id ? settleAfter.mine : settleAfter.others)
  }

  function settleSoon(wait: number): void {
    settleAt = Math.max(settleAt, Date.now() + wait)
    clearTimeout(timer)
    timer = setTimeout(settle, settleAt - Date.now())
  }

  function settle(): void {
    if (held.value) return settleSoon(1000)
    settleAt = 0
    if (!todos.value) return
    todos.value = settled(todos.value)
    const here = new Set(todos.value.filter((todo) => todo.role === 'offered').map((todo) => todo.case.id))
    for (const id of refusals.value.keys()) if (!here.has(id)) refusals.value.delete(id)
  }

  /** One of many who press at the same instant gets it; the others learn who did. */
  async function claim(id: string): Promise<CaseView | ApiError | null> {
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
      return caught
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
    await api.inboxSeen().catch(() => {})
    todos.value = todos.value?.map((todo) => ({ ...todo, unread: false })) ?? null
  }

  return {
    todos,
    next,
    error,
    list,
    shownList,
    shown,
    counts,
    claiming,
    refusals,
    held,
    load,
    loadMore,
    change,
    claim,
    seen,
  }
})
