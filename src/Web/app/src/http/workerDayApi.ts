import { client } from './client'
import type { components } from './openapi'
import type { HouseholdItem, Page, Position } from './apiTypes'

export type DutyState = 'off' | 'on-duty' | 'patrol' | 'visit' | 'paused'
export type Grade = 'A' | 'B' | 'C'

/** Somebody on duty: in which grid, and only for whoever may read tracks where exactly. */
export interface OnDuty {
  person: string
  personName: string
  post: string | null
  postName: string | null
  area: string
  areaName: string
  state: DutyState
  since: string | null
  lastSeenAt: string | null
  position: Position | null
  checkIns: number
  visits: number
  openFlags: number
  hoursSilent: number
}

export interface FieldFlag {
  flag: string
  detail: number | null
  clearedBy: string | null
  clearedByName: string | null
  clearedAt: string | null
  reason: string | null
}

interface NamedPerson {
  id: string
  name: string
}

export interface FieldRecord {
  id: string
  kind: string
  at: string
  correctedAt: string | null
  receivedAt: string
  sequence: number
  device: string
  area: string
  areaName: string
  grade: Grade | null
  reasons: string[]
  flags: FieldFlag[]
  visit: {
    households: HouseholdItem[]
    householdCount: number
    purpose: string | null
    purposeName: string | null
    purposeNameEn: string | null
    settled: { item: string; name: string; nameEn: string; done: boolean; note: string }[]
    changed: boolean
    cases: string[]
  } | null
  checkpoint: string | null
  checkpointName: string | null
  seen: 'ok' | 'hazard' | null
  case: string | null
  patrol: string | null
  note: string
  photos: string[]
  with: NamedPerson[]
  late: boolean
}

export interface Patrol {
  id: string
  startedAt: string
  endedAt: string | null
  checkpoints: {
    id: string
    checkpoint: string | null
    name: string | null
    at: string
    seen: 'ok' | 'hazard' | null
  }[]
  gaps: { from: string; to: string }[]
}

export interface WorkerDay {
  person: string
  personName: string
  day: string
  state: DutyState
  since: string | null
  closed: boolean
  corrections: number
  awayUntil: string | null
  deputies: NamedPerson[]
  shifts: { begins: string; ends: string }[]
  records: FieldRecord[]
  patrols: Patrol[]
  diary: { text: string; at: string } | null
  handOver: { text: string; at: string; toName: string | null } | null
  counts: { checkIns: number; visits: number; patrols: number; hazards: number; openFlags: number }
}

/** A part of a track between two gaps: `[lon, lat]` of each point, or of the only one, and its time in milliseconds. */
export interface TrackPart {
  geometry: { type: 'LineString'; coordinates: number[][] } | { type: 'Point'; coordinates: number[] | number[][] }
  properties: { times: number[]; mocked?: boolean }
}
export interface Track {
  features: TrackPart[]
}

export interface OpenFlag {
  person: string
  personName: string
  day: string
  record: string
  kind: string
  at: string
  area: string
  areaName: string
  grade: Grade | null
  flag: FieldFlag
}

/** A worker's day in the list of all. */
export type WorkerDayItem = components['schemas']['WorkerDayItemJson']

export type SignalMap = components['schemas']['SignalMapJson']
export type SignalCell = components['schemas']['SignalCellJson']

export interface Near {
  person: string
  personName: string
  from: string
  to: string
  metres: number
}

export type Coverage = components['schemas']['CoverageJson']
export type AreaCoverage = components['schemas']['AreaCoverageJson']
export type VisitFigures = components['schemas']['VisitFiguresJson']

const day = (person: string, date: string): string => `/api/worker-days/${encodeURIComponent(person)}/${date}`

/** What heads see of the workers of their areas. */
export const workerDayApi = {
  onDuty: (area: string) => client.get<Page<OnDuty>>('/api/on-duty', { query: { area } }),
  flags: (query: { area: string; open?: boolean; cursor?: string }) =>
    client.get<Page<OpenFlag>>('/api/flags', { query }),
  days: (query: { area: string; from?: string; to?: string; corrected?: boolean; limit?: number; cursor?: string }) =>
    client.get<Page<WorkerDayItem>>('/api/worker-days', { query }),
  signal: (area: string) => client.get<SignalMap>('/api/signal', { query: { area } }),
  clearFlag: (flag: { person: string; day: string; record: string; flag: string }, reason: string) =>
    client.post<void>(`${day(flag.person, flag.day)}/records/${flag.record}/flags/${flag.flag}/clear`, { reason }),
  day: (person: string, date: string) => client.get<WorkerDay>(day(person, date)),
  track: (person: string, date: string) => client.get<Track>(`${day(person, date)}/track`),
  photo: (person: string, date: string, photo: string, size?: 'thumb') =>
    client.get<Blob>(`${day(person, date)}/photos/${photo}`, { query: { size } }),
  near: (query: { area: string; lon: number; lat: number; radius: number; from: string; to: string }) =>
    client.get<Page<Near>>('/api/near', { query }),
  coverage: (area: string) => client.get<Coverage>('/api/coverage', { query: { area } }),
}
