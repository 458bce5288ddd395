import type { OutboxEntry } from '../outbox/outboxEntry'
import type { DayFlag, DayRecord, DutyState, Grade, RecordKind, WorkerDay } from './dayTypes'

/** What a worker does, as the phone knows it: what the service has, and what still waits on the phone. Pure, so that it is tested. */

/** Something of the day, in a line. */
export interface DayLine {
  id: string
  kind: RecordKind
  at: number
  /** `waiting` is on the phone alone, `refused` was sent and not taken. */
  is: 'taken' | 'waiting' | 'refused'
  grade: Grade | null
  flags: DayFlag[]
  reasons: string[]
  checkpoint: string | null
  seen: 'ok' | 'hazard' | null
  patrol: string | null
  case: string | null
  households: number
  note: string
  refusal: string
}

const lineOf = (record: DayRecord): DayLine => ({
  id: plainId(record.id),
  kind: record.kind,
  at: Date.parse(record.correctedAt ?? record.at),
  is: 'taken',
  grade: record.grade,
  flags: record.flags.filter((flag) => !flag.clearedAt),
  reasons: record.reasons,
  checkpoint: record.checkpoint ?? null,
  seen: record.seen ?? null,
  patrol: record.patrol ? plainId(record.patrol) : null,
  case: record.case ?? null,
  households: record.visit?.householdCount ?? record.visit?.households.length ?? 0,
  note: record.note ?? '',
  refusal: '',
})

/** Ids are uuids, which the service writes without hyphens and a phone with them. */
export const plainId = (id: string): string => id.replaceAll('-', '').toLowerCase()

/** Whether an entry of the queue is a line of a day. */
export const isOfDay = ({ job }: OutboxEntry): boolean => job.kind === 'check-in' || job.kind === 'visit'

/** Whether an entry of the queue is a step of an appointment. */
export const isOfAppointment = ({ job }: OutboxEntry): boolean =>
  job.kind === 'call' && (job.subject?.startsWith('appointment/') ?? false)

function lineOfEntry(entry: OutboxEntry): DayLine | null {
  const { job } = entry
  if (job.kind !== 'check-in' && job.kind !== 'visit') return null
  const visit = job.kind === 'visit' ? job.item : null
  const check = job.kind === 'check-in' ? job.item : null
  return {
    id: plainId(job.item.id),
    kind: check?.kind ?? 'visit',
    at: Date.parse(job.item.at),
    is: entry.refusal ? 'refused' : 'waiting',
    grade: null,
    flags: [],
    reasons: [],
    checkpoint: check?.checkpoint ?? null,
    seen: check?.seen ?? null,
    patrol: check?.patrol ? plainId(check.patrol) : null,
    case: null,
    households: visit?.households?.length ?? 0,
    note: job.item.note ?? '',
    refusal: entry.refusal?.message ?? '',
  }
}

/**
 * The day that what is done now belongs to. A shift that began before midnight keeps what happens in it: while its worker is on duty, and
 * until noon, it is still the day before.
 */
export const dayOfWork = (
  stored: Pick<WorkerDay, 'day' | 'state'> | null,
  calendarDay: string,
  hour: number,
): string => (stored && stored.day < calendarDay && stored.state !== 'off' && hour < 12 ? stored.day : calendarDay)

/**
 * The lines of a day in the order in which things happened. What the service has counts; the phone adds what it hasn't sent.
 * @param belongs Whether a moment belongs to the day.
 * @param entries What is in the queue.
 * @param arrived What has left the queue, and isn't among the records yet.
 */
export function linesOf(
  belongs: (at: number) => boolean,
  records: readonly DayRecord[],
  entries: readonly OutboxEntry[],
  arrived: readonly OutboxEntry[] = [],
): DayLine[] {
  const lines = new Map(records.map((record) => [plainId(record.id), lineOf(record)]))
  const add = (line: DayLine | null): void => {
    if (line && !lines.has(line.id) && belongs(line.at)) lines.set(line.id, line)
  }
  for (const entry of entries) add(lineOfEntry(entry))
  for (const entry of arrived) {
    const line = lineOfEntry(entry)
    add(line && { ...line, is: 'taken' })
  }
  return [...lines.values()].sort((a, b) => a.at - b.at)
}

/** What somebody does after a step; other records change nothing. */
function after(state: DutyState, kind: RecordKind, beforePause: DutyState): DutyState {
  switch (kind) {
    case 'sign-in':
      return 'on-duty'
    case 'sign-out':
      return 'off'
    case 'pause':
      return state === 'off' ? 'off' : 'paused'
    case 'resume':
      return state === 'paused' ? beforePause : state
    case 'patrol-start':
      return 'patrol'
    case 'patrol-end':
      return state === 'patrol' ? 'on-duty' : state
    default:
      // Who checks in or visits without having signed in works all the same.
      return state === 'off' ? 'on-duty' : state
  }
}

/** What the worker does now, by everything that wasn't refused. */
export function dutyOf(lines: readonly DayLine[]): { state: DutyState; since: number | null; patrol: string | null } {
  let state: DutyState = 'off'
  let beforePause: DutyState = 'on-duty'
  let since: number | null = null
  let patrol: string | null = null
  for (const line of lines) {
    if (line.is === 'refused') continue
    const next = after(state, line.kind, beforePause)
    if (line.kind === 'patrol-start') patrol = line.id
    if (next === 'off' || line.kind === 'patrol-end') patrol = null
    if (next === state) continue
    if (next === 'paused') beforePause = state
    state = next
    since = line.at
  }
  return { state, since, patrol }
}

/** What a day adds up to. */
export interface DaySums {
  checkIns: number
  visits: number
  households: number
  patrols: number
  hazards: number
}

export function sumsOf(lines: readonly DayLine[]): DaySums {
  const counted = lines.filter((line) => line.is !== 'refused')
  const visits = counted.filter((line) => line.kind === 'visit')
  return {
    checkIns: counted.filter((line) => line.kind === 'check-in' || line.kind === 'checkpoint').length,
    visits: visits.length,
    households: visits.reduce((sum, line) => sum + line.households, 0),
    patrols: counted.filter((line) => line.kind === 'patrol-start').length,
    hazards: counted.filter((line) => line.seen === 'hazard').length,
  }
}

/** What a patrol has seen: the last word about each line of the checklist, by device time. */
export function seenOn(lines: readonly DayLine[], patrol: string): Map<string, DayLine> {
  const seen = new Map<string, DayLine>()
  for (const line of lines)
    if (line.kind === 'checkpoint' && line.patrol === patrol && line.checkpoint && line.is !== 'refused')
      seen.set(line.checkpoint, line)
  return seen
}

/** Whether somebody who should have signed in hasn't, an hour before or any time after the pack's hour. */
export function isSignInDue(state: DutyState, minuteOfDay: number, signIn: string | null): boolean {
  const found = /^(\d\d):(\d\d)$/.exec(signIn ?? '')
  if (!found || state !== 'off') return false
  return minuteOfDay >= Number(found[1]) * 60 + Number(found[2]) - 60
}
