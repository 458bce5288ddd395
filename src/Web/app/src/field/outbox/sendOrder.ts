import { batches, type BatchKind } from './dayItems'
import type { OutboxEntry } from './outboxEntry'

/** What fits into one call: as many items as the service takes, and so few bytes that a poor line brings them through. */
const mostItems = 100
const mostBytes = 96_000

export const batchOf = ({ job }: OutboxEntry): BatchKind | null =>
  job.kind in batches ? (job.kind as BatchKind) : null

/** Entries about the same thing arrive in their order; others don't wait for each other. */
export function subjectOf({ key, job }: OutboxEntry): string {
  if (job.kind === 'step') return `case/${job.caseId}`
  if (job.kind === 'household') return `household/${job.household}`
  return (job.kind === 'call' && job.subject) || key
}

/** The reports that have to be cases first. */
const waitsFor = ({ job }: OutboxEntry): string[] =>
  job.kind === 'check-in' || job.kind === 'visit' ? (job.casesFrom ?? []) : []

/**
 * What is sent next: one entry, or several items of one kind in one call. The oldest first, but long tracks after everything that somebody
 * may be waiting for. Null when nothing is left that can be sent in this round.
 * @param waiting What waits, oldest first.
 * @param tried What was sent in this round already.
 */
export function nextSending(waiting: OutboxEntry[], tried: ReadonlySet<string>): OutboxEntry[] | null {
  const keys = new Set(waiting.map(({ key }) => key))
  const begun = new Set<string>()
  const ready = waiting.filter((entry) => {
    const subject = subjectOf(entry)
    const isFirst = !begun.has(subject)
    begun.add(subject)
    return isFirst && !tried.has(entry.key) && !waitsFor(entry).some((key) => keys.has(key))
  })
  const first = ready.find(({ job }) => job.kind !== 'track') ?? ready[0]
  if (!first) return null
  const kind = batchOf(first)
  return kind ? fitting(ready.filter((entry) => batchOf(entry) === kind)) : [first]
}

function fitting(entries: OutboxEntry[]): OutboxEntry[] {
  let bytes = 0
  const end = entries.findIndex(({ job }, n) => {
    bytes += JSON.stringify(job).length
    return n > 0 && (n >= mostItems || bytes > mostBytes)
  })
  return end < 0 ? entries : entries.slice(0, end)
}
