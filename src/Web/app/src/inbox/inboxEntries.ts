import type { CaseSummary, InboxChange, InboxItem, InboxLoss, InboxRole, Outage, Step } from '@/http/apiTypes'

/** An item as it is shown. It may still stand in its old group after its role has changed. */
export interface InboxEntry extends Omit<InboxItem, 'role'> {
  role: InboxRole | 'gone'
  group: InboxRole
  /** Who took it out of the group in which it is still shown. Without a step, the person may not know. */
  moved: { step: Step | null; byName: string; byMe: boolean } | null
}

export const groups: InboxRole[] = ['deciding', 'consulted', 'offered', 'mine', 'tasked', 'watching', 'reported']

/** Few people are ever asked for time or for an opinion, or have a task: such a group is there when something waits in it. */
const rare: ReadonlySet<InboxRole> = new Set(['deciding', 'consulted', 'tasked'])
export const isGroupShown = (group: InboxRole, count: number): boolean => !rare.has(group) || count > 0

/** Cases that wait for the person, so that a new one is news. */
const waitsForMe = (role: InboxRole | 'gone'): boolean => role === 'offered' || (role !== 'gone' && rare.has(role))

export const entryOf = (item: InboxItem): InboxEntry => ({ ...item, group: item.role, moved: null })

/**
 * The list after a change. An item whose group changes stays in place for now and says who did what, so that nothing vanishes under the
 * cursor and a double click never hits the next item. A change older than the shown version is ignored.
 */
export function applyChange(entries: InboxEntry[], change: InboxChange | InboxLoss, me: string): InboxEntry[] {
  if (!change.case) return entries.map((entry) => (entry.case.id === change.caseId ? lost(entry) : entry))
  const known = entries.find((entry) => entry.case.id === change.case.id)
  if (!known) return change.role === 'gone' ? entries : [...entries, fresh(change, change.role)]
  if (change.case.version < known.case.version) return entries
  const moved = change.role !== known.group
  const next: InboxEntry = {
    ...known,
    role: change.role,
    case: change.case,
    unread: change.unread,
    moved: moved ? { step: change.step, byName: change.byName, byMe: change.by === me } : null,
  }
  return entries.map((entry) => (entry === known ? next : entry))
}

function lost(entry: InboxEntry): InboxEntry {
  return { ...entry, role: 'gone', unread: false, moved: { step: null, byName: '', byMe: false } }
}

function fresh(change: InboxChange, role: InboxRole): InboxEntry {
  return { role, group: role, moved: null, unread: change.unread, since: change.case.updatedAt, case: change.case }
}

/** Moves every item to its group. Call it while nobody points at the list. */
export function settle(entries: InboxEntry[]): InboxEntry[] {
  if (entries.every((entry) => !entry.moved)) return entries
  return entries.flatMap((entry) => {
    if (!entry.moved) return [entry]
    return entry.role === 'gone' ? [] : [{ ...entry, group: entry.role, moved: null }]
  })
}

export type Counts = Record<InboxRole, number>

/** How many items have each role now, wherever they are still shown. */
export function countRoles(entries: InboxEntry[]): Counts {
  const counts: Counts = { deciding: 0, consulted: 0, offered: 0, mine: 0, tasked: 0, watching: 0, reported: 0 }
  for (const { role } of entries) if (role !== 'gone') counts[role]++
  return counts
}

/** The cases that wait for the person in the new list and didn't in the old one. Read ones aren't news. */
export function arrivalsBetween(before: InboxEntry[], after: InboxEntry[]): string[] {
  const known = new Set(before.filter(({ role }) => waitsForMe(role)).map((entry) => entry.case.id))
  return after
    .filter(({ role, unread, case: { id } }) => waitsForMe(role) && unread && !known.has(id))
    .map((entry) => entry.case.id)
}

/** How a case stands by its clocks: 1 with one that has warned, 2 with one that has run out. */
const urgency = (one: CaseSummary): number => (one.overdue ? 2 : one.dueSoon ? 1 : 0)
const isMine = ({ role }: InboxEntry): boolean => role === 'mine' || role === 'offered'

/** The person's own cases of which a clock warned or ran out between the two lists: what they have claimed, and what waits to be claimed. */
export function alarmsBetween(before: InboxEntry[], after: InboxEntry[]): string[] {
  const known = new Map(before.map((entry) => [entry.case.id, urgency(entry.case)]))
  return after
    .filter((entry) => isMine(entry) && urgency(entry.case) > (known.get(entry.case.id) ?? 2))
    .map((entry) => entry.case.id)
}

/** A clock that ran out so long before it was recorded did so while the service was down. */
const lateAfter = 60_000
const fromClocks: ReadonlySet<string> = new Set(['clock-breached', 'supervised', 'escalated', 'lapsed'])

/** Whether a pushed change tells of a clock that ran out while the service was down. */
export const isFromOutage = ({ step, case: one }: InboxChange): boolean =>
  fromClocks.has(step) &&
  one.overdue &&
  one.dueAt !== null &&
  Date.parse(one.updatedAt) - Date.parse(one.dueAt) > lateAfter

/** Whether a case became overdue in an outage, of which people are told in one sentence. */
export const isOfOutage = (one: CaseSummary, outage: Outage): boolean =>
  one.overdue &&
  one.dueAt !== null &&
  Date.parse(one.dueAt) >= Date.parse(outage.from) &&
  Date.parse(one.dueAt) <= Date.parse(outage.until)

/** Whether what a person was alarmed about still stands. */
export const isAlarming = (entry: InboxEntry): boolean => isMine(entry) && urgency(entry.case) > 0

export type InboxSort = 'due' | 'waiting' | 'newest' | 'category'
export const sorts: InboxSort[] = ['due', 'waiting', 'newest', 'category']

const time = (at: string): number => Date.parse(at)
const byWaiting = (a: CaseSummary, b: CaseSummary): number => time(a.reportedAt) - time(b.reportedAt)
/** What is overdue longest comes first, then what is due next, and at the end what nothing was promised for. */
const dueAt = (one: CaseSummary): number => (one.dueAt ? time(one.dueAt) : Infinity)
const byDue = (a: CaseSummary, b: CaseSummary): number =>
  dueAt(a) === dueAt(b) ? byWaiting(a, b) : dueAt(a) - dueAt(b)
const compare: Record<InboxSort, (a: CaseSummary, b: CaseSummary) => number> = {
  due: byDue,
  waiting: byWaiting,
  newest: (a, b) => byWaiting(b, a),
  category: (a, b) => a.categoryName.localeCompare(b.categoryName, 'zh-CN') || byWaiting(a, b),
}

/** Whether a case has all the typed words in what its row says. */
export function matches(one: CaseSummary, typed: string): boolean {
  const { number, title, areaName, categoryName, categoryNameEn, reporterName, claimantName } = one
  const said = normal([number, title, areaName, categoryName, categoryNameEn, reporterName, claimantName].join(' '))
  return normal(typed)
    .split(/\s+/)
    .every((word) => said.includes(word))
}

/** Full-width letters and composed characters are found however they were typed. */
const normal = (text: string): string => text.normalize('NFKC').toLowerCase().trim()

/** The items by group, those that match what is typed, in the chosen order. */
export function grouped(entries: InboxEntry[], sort: InboxSort, typed = ''): Record<InboxRole, InboxEntry[]> {
  const shown = typed.trim() ? entries.filter((entry) => matches(entry.case, typed)) : [...entries]
  shown.sort((a, b) => compare[sort](a.case, b.case))
  const of = (group: InboxRole): InboxEntry[] => shown.filter((entry) => entry.group === group)
  return {
    deciding: of('deciding'),
    consulted: of('consulted'),
    tasked: of('tasked'),
    offered: of('offered'),
    mine: of('mine'),
    watching: of('watching'),
    reported: of('reported'),
  }
}
