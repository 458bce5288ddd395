import type { Action, ActionBody, NewMediation, Position } from '@/http/apiTypes'

/** A photo that is stored on this phone. It has bytes and no Blob, because some browsers can't store a Blob. */
export interface KeptPhoto {
  bytes: ArrayBuffer
  type: string
  /** Its id on the server, null until it is uploaded. */
  id: string | null
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

export type Job = ReportJob | StepJob

export interface OutboxEntry {
  /** The Idempotency-Key of the write: the same on every attempt, so that however often it is sent, it happens once. */
  key: string
  /** Only the person who wrote it may send it. */
  owner: string
  /** Sent in this order. */
  at: number
  job: Job
  photos: KeptPhoto[]
  /** Refused entries wait for the person; everything else waits for the network. */
  refusal: { status: number; code: string; message: string } | null
  /** An attempt ended without an answer: it may have arrived. */
  maybeSent: boolean
}

export const newEntry = (key: string, owner: string, at: number, job: Job, photos: KeptPhoto[]): OutboxEntry => ({
  key,
  owner,
  at,
  job,
  photos,
  refusal: null,
  maybeSent: false,
})
