import { defineStore } from 'pinia'
import { computed, reactive, ref, watch } from 'vue'
import type { InboxRole } from '@/http/apiTypes'
import { grouped, groups, sorts, type InboxSort } from './inboxEntries'
import { useInbox } from './inboxStore'

const name = 'gridactors.inbox.view'
/** How many rows of a group are drawn at first, and by how many more a press adds. */
const rowsAtOnce = 100

interface Chosen {
  sort: InboxSort
  folded: InboxRole[]
}

function read(): Chosen {
  try {
    const { sort, folded } = JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<Chosen>
    return {
      sort: sort && sorts.includes(sort) ? sort : 'due',
      folded: Array.isArray(folded) ? folded.filter((role) => groups.includes(role)) : [],
    }
  } catch {
    return { sort: 'due', folded: [] }
  }
}

/** How the person looks at the inbox: its order, what is typed to find in it, and which groups are folded. */
export const useInboxView = defineStore('inboxView', () => {
  const inbox = useInbox()
  const chosen = reactive(read())
  const text = ref('')
  const limits = reactive<Record<InboxRole, number>>({
    deciding: rowsAtOnce,
    consulted: rowsAtOnce,
    tasked: rowsAtOnce,
    offered: rowsAtOnce,
    mine: rowsAtOnce,
    watching: rowsAtOnce,
    reported: rowsAtOnce,
  })
  watch(chosen, (value) => localStorage.setItem(name, JSON.stringify(value)))

  const sort = computed({ get: () => chosen.sort, set: (value) => (chosen.sort = value) })
  const byGroup = computed(() => grouped(inbox.entries ?? [], chosen.sort, text.value))
  const rowsOf = (group: InboxRole) => byGroup.value[group].slice(0, limits[group])
  const isFolded = (group: InboxRole): boolean => chosen.folded.includes(group)
  /** The rows as they stand on the page, from top to bottom. */
  const inOrder = computed(() => groups.flatMap((group) => (isFolded(group) ? [] : rowsOf(group))))

  function fold(group: InboxRole): void {
    chosen.folded = isFolded(group) ? chosen.folded.filter((one) => one !== group) : [...chosen.folded, group]
  }
  function showMore(group: InboxRole): void {
    limits[group] += rowsAtOnce
  }

  /** Makes sure that the rows of these cases are drawn, and answers the first of them on the page. */
  function reveal(ids: string[]): string | undefined {
    text.value = ''
    const wanted = new Set(ids)
    for (const group of groups) {
      const places = byGroup.value[group].flatMap((entry, at) => (wanted.has(entry.case.id) ? [at] : []))
      if (places.length === 0) continue
      if (isFolded(group)) fold(group)
      limits[group] = Math.max(limits[group], places[0]! + rowsAtOnce)
      return byGroup.value[group][places[0]!]!.case.id
    }
    return undefined
  }

  return { sort, text, byGroup, rowsOf, isFolded, inOrder, fold, showMore, reveal }
})
