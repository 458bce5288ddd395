import { computed, ref, watch, type ComputedRef } from 'vue'
import type { CaseQuery, CaseSummary } from '@/http/apiTypes'

/** What the table of the search can show besides the title. */
export const columns = [
  'number',
  'status',
  'outcome',
  'class',
  'category',
  'title',
  'dueAt',
  'area',
  'reporter',
  'claimant',
  'reportedAt',
  'claimedAt',
  'resolvedAt',
  'closedAt',
  'updatedAt',
] as const
export type Column = (typeof columns)[number]

/** The title leads to the case, so it is always there. */
const usual: Column[] = ['number', 'status', 'category', 'title', 'dueAt', 'area', 'reporter', 'claimant', 'reportedAt']
const name = 'gridactors.search.columns'

function read(): Column[] {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as unknown
    return Array.isArray(kept) ? columns.filter((one) => one === 'title' || kept.includes(one)) : usual
  } catch {
    return usual
  }
}

const chosen = ref<Column[]>([])

/** The columns that the person has chosen in this browser. */
export function useColumns(): { shown: ComputedRef<Column[]>; toggle: (column: Column) => void } {
  if (chosen.value.length === 0) {
    chosen.value = read()
    watch(chosen, (value) => localStorage.setItem(name, JSON.stringify(value)))
  }
  function toggle(column: Column): void {
    if (column === 'title') return
    const has = chosen.value.includes(column)
    chosen.value = columns.filter((one) => (one === column ? !has : chosen.value.includes(one)))
  }
  return { shown: computed(() => chosen.value), toggle }
}

export interface Sort {
  column: Column
  descending: boolean
}

/** The order in the address: `-reportedAt` is newest first, and what the service answers when none is asked for. */
export function readSort(text: unknown): Sort {
  const descending = typeof text !== 'string' || text.startsWith('-')
  const column = columns.find((one) => one === String(text ?? '').replace(/^-/, ''))
  return column ? { column, descending } : { column: 'reportedAt', descending: true }
}

export const writeSort = ({ column, descending }: Sort): string | undefined =>
  column === 'reportedAt' && descending ? undefined : `${descending ? '-' : ''}${column}`

/** The service lists by the time of the report, in either direction, and by what is due next. */
export const isServed = ({ column, descending }: Sort): boolean =>
  column === 'reportedAt' || (column === 'dueAt' && !descending)

/** How the service is asked for an order that it knows. */
export const servedOrder = (sort: Sort): Pick<CaseQuery, 'order' | 'sort'> =>
  !isServed(sort) ? {} : sort.column === 'dueAt' ? { sort: 'due' } : sort.descending ? {} : { order: 'oldest' }

/** A press on a heading: times begin with the newest, words and what is due with the first; a second press turns it round. */
export const pressed = (now: Sort, column: Column): Sort =>
  now.column === column
    ? { column, descending: !now.descending }
    : { column, descending: column.endsWith('At') && column !== 'dueAt' }

const statusOrder = ['offered', 'claimed', 'on-site', 'resolved', 'explained', 'closed', 'merged']

/** Cases in an order of the table; those that have nothing in the column come last. */
export function sorted(cases: CaseSummary[], { column, descending }: Sort, nameOf: (one: CaseSummary) => string) {
  const collator = new Intl.Collator('zh-CN', { numeric: true })
  const valueOf = (one: CaseSummary): string | number => {
    if (column === 'status') return statusOrder.indexOf(one.status)
    if (column === 'category') return nameOf(one)
    if (column === 'area' || column === 'reporter' || column === 'claimant') return one[`${column}Name`] ?? ''
    return one[column] ?? ''
  }
  return cases
    .map((one) => ({ one, value: valueOf(one) }))
    .sort((a, b) => {
      if (a.value === '' || b.value === '') return a.value === b.value ? 0 : a.value === '' ? 1 : -1
      const order =
        typeof a.value === 'number' ? a.value - (b.value as number) : collator.compare(a.value, String(b.value))
      return descending ? -order : order
    })
    .map(({ one }) => one)
}
