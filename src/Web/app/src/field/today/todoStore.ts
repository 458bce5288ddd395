import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { InboxRole } from '@/http/apiTypes'
import { groups } from '@/inbox/inboxEntries'
import { useInbox } from '@/inbox/inboxStore'
import { useSession } from '@/session/sessionStore'
import { answered } from '../networkSignal'

/** The phone shows one list of the inbox at a time. */
export const useTodos = defineStore('todos', () => {
  const session = useSession()
  const inbox = useInbox()
  const list = ref<InboxRole | null>(null)

  const counts = computed(() => {
    const count = (role: InboxRole) => inbox.entries?.filter((entry) => entry.role === role).length ?? 0
    return { offered: count('offered'), mine: count('mine'), watching: count('watching'), reported: count('reported') }
  })
  /** The list that is shown: the chosen one, else the first that isn't empty. */
  const shownList = computed<InboxRole>(
    () =>
      list.value ?? groups.find((role) => counts.value[role] > 0) ?? (session.may('assign') ? 'offered' : 'reported'),
  )
  const shown = computed(() => inbox.byGroup[shownList.value])

  async function load(): Promise<void> {
    await inbox.load()
    if (inbox.error) return
    answered()
    // The list that was shown first stays, even if another one gets its first item.
    list.value ??= shownList.value
  }

  return { list, shownList, shown, counts, load }
})
