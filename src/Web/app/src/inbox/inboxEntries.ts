import type { CaseSummary, InboxChange, InboxItem, InboxRole, Step } from '@/http/apiTypes'

/** An item as it is shown. It may still stand in its old group after its role has changed. */
export interface InboxEntry extends Omit<InboxItem, 'role'> {
  role: InboxRole | 'gone'
  group: InboxRole
  /** Who took it out of the group in which it is still shown. */
  moved: { step: Step; byName: string; byMe: boolean } | null
}

export const groups: InboxRole[] = ['offered', 'mine', 'watching', 'reported']

export const entryOf = (item: InboxItem): InboxEntry => ({ ...item, group: item.role, moved: null })

/**
 * The list after a change. An item whose group changes stays in place for now and says who did what, so that nothing vanishes under the
 * cursor and a double click never hits the next item. A change older than the shown version is ignored.
 */
export function applyChange(entries: InboxEntry[], change: InboxChange, me: string): InboxEntry[] {
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

/** Groups with work to do begin with the case that waits longest; groups to look at begin with the latest. */
const compare: Record<InboxRole, (a: CaseSummary, b: CaseSummary) => number> = {
  offered: (a, b) => time(a.reportedAt) - time(b.reportedAt),
  mine: (a, b) => time(a.claimedAt ?? a.reportedAt) - time(b.claimedAt ?? b.reportedAt),
  watching: (a, b) => time(b.claimedAt ?? b.reportedAt) - time(a.claimedAt ?? a.reportedAt),
  reported: (a, b) => time(b.reportedAt) - time(a.reportedAt),
}

const time = (at: string): number => Date.parse(at)

export function grouped(entries: InboxEntry[]): Record<InboxRole, InboxEntry[]> {
  const of = (group: InboxRole): InboxEntry[] =>
    entries.filter((entry) => entry.group === group).sort((a, b) => compare[group](a.case, b.case))
  return { offered: of('offered'), mine: of('mine'), watching: of('watching'), reported: of('reported') }
}
