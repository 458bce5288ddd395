import type { CaseSummary, InboxChange, InboxItem, InboxRole, Step } from '@/shared/api'

/** An item as it stands on the screen: where it is shown may lag behind what it has become. */
export interface Entry extends Omit<InboxItem, 'role'> {
  role: InboxRole | 'gone'
  group: InboxRole
  /** Who took it out of this group, while it still stands there so that nothing vanishes under the cursor. */
  settled: { step: Step; byName: string; byMe: boolean } | null
}

export const groups: InboxRole[] = ['offered', 'mine', 'watching', 'reported']

export const entryOf = (item: InboxItem): Entry => ({ ...item, group: item.role, settled: null })

/**
 * The list after a change. An item that changes its group stays in place for now and says who did what: nothing vanishes under the
 * cursor, and the second click of a double click never meets another item. A change older than what is shown is ignored.
 */
export function applyChange(entries: Entry[], change: InboxChange, me: string): Entry[] {
  const known = entries.find((entry) => entry.case.id === change.case.id)
  if (!known) return change.role === 'gone' ? entries : [...entries, fresh(change, change.role)]
  if (change.case.version < known.case.version) return entries
  const moved = change.role !== known.group
  const next: Entry = {
    ...known,
    role: change.role,
    case: change.case,
    unread: change.unread,
    settled: moved ? { step: change.step, byName: change.byName, byMe: change.by === me } : null,
  }
  return entries.map((entry) => (entry === known ? next : entry))
}

function fresh(change: InboxChange, role: InboxRole): Entry {
  return { role, group: role, settled: null, unread: change.unread, since: change.case.updatedAt, case: change.case }
}

/** Brings every item to where it belongs now. Done when nobody points at the list. */
export function settle(entries: Entry[]): Entry[] {
  if (entries.every((entry) => !entry.settled)) return entries
  return entries.flatMap((entry) => {
    if (!entry.settled) return [entry]
    return entry.role === 'gone' ? [] : [{ ...entry, group: entry.role, settled: null }]
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

export function grouped(entries: Entry[]): { group: InboxRole; entries: Entry[] }[] {
  return groups.map((group) => ({
    group,
    entries: entries.filter((entry) => entry.group === group).sort((a, b) => compare[group](a.case, b.case)),
  }))
}
