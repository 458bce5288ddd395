import type { CheckInKind } from '../outbox/dayItems'

/** A worker's day as the service tells it: GET /api/worker-days/me. */
export interface WorkerDay {
  person: string
  personName: string
  /** 2026-11-26, in the pack's zone. */
  day: string
  state: DutyState
  closed: boolean
  shifts: DayShift[]
  records: DayRecord[]
  patrols: DayPatrol[]
  deputies?: { id: string; name: string }[]
  diary: DayWords | null
  handOver?: DayWords | null
}

export type DutyState = 'off' | 'on-duty' | 'patrol' | 'visit' | 'paused'
export type RecordKind = CheckInKind | 'visit'
export type Grade = 'A' | 'B' | 'C'

export interface DayShift {
  begins: string
  ends: string
}

export interface DayFlag {
  flag: string
  /** Metres outside, km/h, minutes that the clock is off, times the same, or people on the device. */
  detail?: number | null
  clearedBy?: string | null
  clearedAt?: string | null
  reason?: string | null
}

export interface VisitFacts {
  /** Those that the caller may see. */
  households: { id: string; head?: { name: string | null } | null; address?: string | null; door?: string | null }[]
  householdCount?: number
  purpose?: string | null
  purposeName?: string | null
  purposeNameEn?: string | null
  until?: string | null
  settled?: { item: string; name?: string; nameEn?: string; done: boolean; note?: string | null }[]
  appointment?: string | null
}

export interface DayRecord {
  id: string
  kind: RecordKind
  at: string
  correctedAt?: string | null
  receivedAt: string
  area?: string | null
  areaName?: string | null
  grade: Grade | null
  reasons: string[]
  flags: DayFlag[]
  visit?: VisitFacts | null
  checkpoint?: string | null
  checkpointName?: string | null
  seen?: 'ok' | 'hazard' | null
  case?: string | null
  patrol?: string | null
  note?: string | null
  photos?: string[]
  late?: boolean
}

export interface DayPatrol {
  id: string
  startedAt: string
  endedAt?: string | null
  checkpoints: {
    id: string
    checkpoint?: string | null
    name?: string | null
    at: string
    seen?: 'ok' | 'hazard' | null
  }[]
  gaps: { from: string; to: string }[]
}

export interface DayWords {
  text: string
  at: string
  to?: string | null
  toName?: string | null
}
