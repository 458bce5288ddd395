import type { CaseSummary, InboxChange, InboxItem, InboxRole, Step } from '@/http/apiTypes'

/** An item as it stands on the screen: where it is shown may lag behind what it has become. */
export interface InboxEntry extends Omit<InboxItem, 'role'> {
  role: InboxRole | 'gone'
  group: InboxRole
  /** Who took it out of this group, while it still stands there so that nothing vanishes under the cursor. */
  moved: { step: Step; byName: string; byMe: boolean } | null
}

export const groups: InboxRole[] = ['offered', 'mine', 'watching', 'reported']

export const entryOf = (item: InboxItem): InboxEntry => ({ ...item, group: item.role, moved: null })

/**
 * The list after a change. An item that changes its group stays in place for now and says who did what: nothing vanishes under the
 * cursor, and the second click of a double click never meets another item. A change older than what is shown is ignored.
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

/** Brings every item to where it belongs now. Done when nobody points at the list. */
export function settle(entries: InboxEntry[]): InboxEntry[] {
  if (entries.every((entry) => !entry.moved)) return entries
  return entries.flatMap((entry) => {
    if (!entry.moved) return [entry]
    return entry.role === 'gone' ? [] : [{ ...entry, group: entry.role, moved: null }]
  })
}

/** What waits longest stands first where something has to be done, the latest news first where one only looks on. */
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
