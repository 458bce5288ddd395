import type { Action, ActionBody, FieldChanges, NewMediation, Position } from '@/http/apiTypes'
import type { CheckInItem, ItemAnswer, Made, TrackItem, VisitItem } from './dayItems'

/** A photo of a form. It has bytes and no Blob, because some browsers can't store a Blob. */
export interface KeptPhoto {
  bytes: ArrayBuffer
  type: string
  /** Its id on the server; null while only the phone has it. */
  id: string | null
  /** What the camera wrote into the original, and the original's hash, which are lost when it is made small. */
  original?: PhotoOriginal
}

export interface PhotoOriginal {
  /** SHA-256 of the file as the camera made it. */
  hash: string
  /** By the camera's clock, without a time zone: 2026-11-26T08:12:31. */
  takenAt?: string
  position?: Position
}

/** A photo of an entry that is kept. Its bytes are stored beside the entries, by its id. */
export interface EntryPhoto {
  /** SHA-256 of the bytes that are sent, which is also its id on the server. */
  id: string
  size: number
  type: string
}

export interface ReportJob {
  kind: 'report'
  category: string
  categoryName: string
  title: string
  detail?: string
  solved?: string
  mediation?: NewMediation
  position: Position | null
  /** The id of the household that it is about. */
  household?: string
  /** The area, when it is known; otherwise it is looked up from the position before the report is sent. */
  area: string | null
  areaName: string | null
  /** Where the report goes when the position lies outside of every area I may report in. */
  fallback: { area: string; areaName: string }
}

export interface StepJob {
  kind: 'step'
  caseId: string
  caseTitle: string
  action: Action
  body: ActionBody
}

/** What may become a case: the keys of the reports it became. Their ids are filled in once the reports have arrived. */
interface MayBecomeCase {
  label: string
  casesFrom?: string[]
}
export interface CheckInJob extends MayBecomeCase {
  kind: 'check-in'
  item: CheckInItem
}
export interface VisitJob extends MayBecomeCase {
  kind: 'visit'
  item: VisitItem
}
export interface TrackJob {
  kind: 'track'
  item: TrackItem
  label: string
}

export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** One write that may be repeated with its `Idempotency-Key`. */
export interface CallJob {
  kind: 'call'
  method: Method
  path: string
  body?: object
  ifMatch?: number
  label: string
  /** What it is about, `task/<id>`: writes about the same arrive in their order. Without it, it waits for nothing. */
  subject?: string
  /** The member of the body that takes the ids of the entry's photos. */
  photosIn?: string
}

/** A change of a household, written at its door: what was typed, beside what stood there then. */
export interface HouseholdJob {
  kind: 'household'
  household: string
  label: string
  method: Method
  path: string
  body: object
  ifMatch?: number
  /** A resident of it, whose fields are meant. */
  resident?: string
  /** The fields that were typed and what stood in them, so that two changes of one field can be shown beside each other. */
  fields?: FieldChanges
  before?: Record<string, string | null>
}

export type Job = ReportJob | StepJob | CheckInJob | VisitJob | TrackJob | CallJob | HouseholdJob

/** A job as a form gives it: of an item the queue adds the rest. */
export type NewJob =
  | ReportJob
  | StepJob
  | CallJob
  | HouseholdJob
  | (Omit<CheckInJob, 'item'> & { item: Made<CheckInItem> })
  | (Omit<VisitJob, 'item'> & { item: Made<VisitItem> })
  | (Omit<TrackJob, 'item'> & { item: Made<TrackItem> })

export interface Refusal {
  status: number
  code: string
  message: string
  /** What is wrong with which field. */
  fields?: Record<string, string>
  /** Fields that somebody else has changed meanwhile: what stands there now. */
  meanwhile?: Record<string, string | null>
  /** Who did it, and when. */
  byName?: string
  since?: string
}

export interface OutboxEntry {
  /** The Idempotency-Key of the write, or the item's id: the same on every attempt, so that however often it is sent, it happens once. */
  key: string
  /** Only the person who wrote it may send it. */
  owner: string
  /** Sent in this order. It counts up on this phone, because a clock can be set back. */
  order: number
  /** When it was written, by the clock of the phone. */
  at: number
  job: Job
  photos: EntryPhoto[]
  /** Refused entries wait for the person; everything else waits for the network. */
  refusal: Refusal | null
  /** An attempt ended without an answer: it may have arrived. */
  maybeSent: boolean
}

/** What has arrived, for the list of what was sent. */
export interface SentEntry {
  key: string
  owner: string
  order: number
  at: number
  sentAt: number
  kind: Job['kind']
  label: string
  /** The case that a report became. */
  caseId?: string
  answer?: Pick<ItemAnswer, 'day' | 'late' | 'grade' | 'reasons' | 'flags'>
}

/** What one calls it: the title of a report, the name of a household. */
export const labelOf = (job: Job): string =>
  job.kind === 'report' ? job.title : job.kind === 'step' ? job.caseTitle : job.label

/** Adds to an item what only the queue knows. */
export function completed(job: NewJob, key: string, sequence: number, at: number): Job {
  if (!('item' in job)) return job
  const item = { ...job.item, id: key, sequence, at: job.item.at ?? new Date(at).toISOString() }
  return { ...job, item } as Job
}
