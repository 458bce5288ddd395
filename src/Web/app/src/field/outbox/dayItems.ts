/** Items of a worker's day, as the service takes them in batches: POST /api/check-ins, /api/visits and /api/tracks. */

export interface ItemPosition {
  lon: number
  lat: number
  /** In metres. */
  accuracy: number
  crs?: 'wgs84' | 'gcj02'
  source?: 'device' | 'wecom' | 'map' | 'typed'
  /** Whether the phone says that the position is made up; only native sources know. */
  mock?: boolean
}

export interface DayItem {
  /** A uuid made by the phone: the same on every attempt, so that however often it is sent, it is there once. */
  id: string
  /** Counts up on this phone. */
  sequence: number
  /** When it was done, by the clock of the phone. */
  at: string
  position?: ItemPosition
}

export type CheckInKind =
  'sign-in' | 'sign-out' | 'pause' | 'resume' | 'patrol-start' | 'patrol-end' | 'check-in' | 'checkpoint'

export interface CheckInItem extends DayItem {
  kind: CheckInKind
  /** The code of the grid. */
  area?: string
  /** The text of a scanned QR code. */
  code?: string
  /** The people who were there too. */
  with?: string[]
  note?: string
  /** The id of the item that began the patrol. */
  patrol?: string
  checkpoint?: string
  seen?: 'ok' | 'hazard'
  photos?: string[]
  /** The case that the hazard became. */
  case?: string
  outOfOffice?: boolean
}

export interface VisitItem extends DayItem {
  households?: string[]
  place?: string
  until?: string
  purpose: string
  note?: string
  photos?: string[]
  settled?: { item: string; done: boolean; note?: string }[]
  code?: string
  appointment?: string
  changed?: boolean
  cases?: string[]
}

export interface TrackPoint {
  at: string
  lon: number
  lat: number
  accuracy: number
  speed?: number
}

export interface TrackItem extends DayItem {
  patrol?: string
  points: TrackPoint[]
  crs?: 'wgs84' | 'gcj02'
  source?: 'device' | 'wecom'
  mock?: boolean
}

/** What the service says of one item of a batch. */
export interface ItemAnswer {
  id: string
  outcome: 'taken' | 'repeated' | 'refused'
  /** The day that it belongs to. */
  day?: string | null
  /** The day was closed already: it is there as a correction. */
  late?: boolean
  grade?: 'A' | 'B' | 'C' | null
  reasons?: string[]
  flags?: string[]
  problem?: { code: string; message?: string; fields?: Record<string, string> } | null
}

export interface BatchAnswer {
  /** The service's clock. */
  now?: string
  items: ItemAnswer[]
}

/** An item as a form gives it: the queue adds the id, the sequence and, unless it is said, when it was done. */
export type Made<T extends DayItem> = Omit<T, 'id' | 'sequence' | 'at'> & Partial<Pick<T, 'id' | 'at'>>

/** The patterns of the addresses that take batches. */
export const batches = { 'check-in': '/api/check-ins', visit: '/api/visits', track: '/api/tracks' } as const
export type BatchKind = keyof typeof batches

/** A new id for an item. `crypto.randomUUID` exists in secure contexts only. */
export function newItemId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
