/** The public surface in types, as docs/api.md describes it. */

export type Step =
  | 'reported'
  | 'claimed'
  | 'released'
  | 'handed-over'
  | 'on-site'
  | 'progressed'
  | 'resolved'
  | 'explained'
  | 'transferred'
  | 'commented'
  | 'closed'
  | 'reopened'

/** What a caller may do to a case: the last part of the address that does it. */
export type Action =
  | 'claim'
  | 'release'
  | 'handover'
  | 'on-site'
  | 'progress'
  | 'resolve'
  | 'explain'
  | 'transfer'
  | 'comment'
  | 'close'
  | 'reopen'

export type Status = 'offered' | 'claimed' | 'on-site' | 'resolved' | 'explained' | 'closed'
export type Outcome = 'resolved' | 'explained'
export type Permission = 'read' | 'report' | 'assign' | 'transfer' | 'close' | 'reopen' | 'administer'

export interface Page<T> {
  items: T[]
  next: string | null
}

export interface Problem {
  type?: string
  title?: string
  status?: number
  detail?: string
  code?: string
  errors?: Record<string, string[] | string>
  claimant?: string
  claimantName?: string
  claimedAt?: string
  version?: number
  [extension: string]: unknown
}

// Session

export interface PackName {
  id: string
  name: string
  nameEn: string
  timeZone: string
}

export interface HeldPost {
  post: string
  name: string
  nameEn: string
  area: string
  areaName: string
  level: string
  may: Permission[]
}

export interface Me {
  id: string
  name: string
  pack: PackName
  posts: HeldPost[]
  home: string
  demo: boolean
}

export interface SignedIn {
  token: string
  expiresAt: string
  me: Me
}

export interface DemoPerson {
  account: string
  name: string
  pack: string
  packName: string
  packNameEn: string
  post: string
  postName: string
  postNameEn: string
  area: string
  areaName: string
}

export interface Demo {
  demo: boolean
  people: DemoPerson[]
}

// Areas, catalogue

export interface AreaStep {
  code: string
  name: string
  level: string
}

export interface Area {
  code: string
  name: string
  level: string
  levelName: string
  levelNameEn: string
  kind: string
  generated: boolean
  parent: string | null
  path: AreaStep[]
  children: number
}

export interface PostHolder {
  person: string
  name: string
  post: string
  postName: string
  postNameEn: string
  area: string
  areaName: string
}

export interface Position {
  lon: number
  lat: number
}

export type Ring = [number, number][]

export interface AreaFeature {
  type: 'Feature'
  properties: { code: string; name: string }
  geometry: { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] }
}

export interface AreaMap {
  type: 'FeatureCollection'
  schematic?: boolean
  features: AreaFeature[]
}

export interface Level {
  id: string
  name: string
  nameEn: string
}

export interface Department {
  id: string
  name: string
  nameEn: string
}

export interface Category {
  code: string
  name: string
  nameEn: string
  class: string
  department: string | null
  confidential: boolean
  clocks: { onSite: string | null; solve: string | null }
  recipients: { post: string; postName: string; postNameEn: string; at: string | null }[]
  materials: string[]
}

export interface Catalogue {
  levels: Level[]
  posts: { id: string; name: string; nameEn: string }[]
  departments: Department[]
  categories: Category[]
}

// Boards

export interface Counts {
  reported: number
  open: number
  unclaimed: number
  claimed: number
  resolved: number
  overdue: number
  closed: number
  explained: number
  reportedToday: number
  closedToday: number
}

export interface ChildCounts {
  code: string
  name: string
  counts: Counts
}

export interface TickerEntry {
  at: string
  step: Step
  status: Status
  caseId: string
  number: string
  area: string
  areaName: string
  category: string
  categoryName: string
  title: string | null
  by: string
  byName: string
}

export interface Board {
  epoch: number
  sequence: number
  area: Area
  asOf: string
  day: string
  counts: Counts
  children: ChildCounts[]
  ticker: TickerEntry[]
}

export interface AreaFrame {
  area: string
  epoch: number
  previous: number
  sequence: number
  full: boolean
  asOf: string
  day: string
  counts: Counts
  children: ChildCounts[]
  ticker: TickerEntry[]
}

export interface Statistics {
  day: string
  hours: { hour: number; reported: number; closed: number }[]
  days: { day: string; reported: number; closed: number }[]
  categories: { category: string; name: string; nameEn: string; reported: number; open: number }[]
  waiting: CaseSummary[]
}

// Cases

export interface CaseSummary {
  id: string
  number: string
  status: Status
  outcome: Outcome | null
  category: string
  categoryName: string
  categoryNameEn: string
  class: string
  area: string
  areaName: string
  title: string
  confidential: boolean
  reporter: string
  reporterName: string
  claimant: string | null
  claimantName: string | null
  reportedAt: string
  claimedAt: string | null
  resolvedAt: string | null
  closedAt: string | null
  updatedAt: string
  version: number
}

export interface CaseView extends CaseSummary {
  detail: string | null
  position: Position | null
  photos: { id: string; step: Step }[]
  department: string | null
  departmentName: string | null
  rating: number | null
  areaPath: { code: string; name: string }[]
  offeredTo: string[]
  recipients: PostHolder[]
  actions: Action[]
}

export interface HistoryEntry {
  sequence: number
  at: string
  by: string
  byName: string
  step: Step
  status: Status
  text: string | null
  to: string | null
  toName: string | null
  photos: string[]
}

export interface NewCase {
  category: string
  area?: string
  position?: Position
  title: string
  detail?: string
  photos?: string[]
  solved?: string
}

export interface CaseQuery {
  area?: string
  status?: string[]
  category?: string
  claimant?: string
  reporter?: string
  text?: string
  from?: string
  to?: string
  closedFrom?: string
  closedTo?: string
  overdue?: boolean
  limit?: number
  cursor?: string
}

export interface ActionBody {
  reason?: string
  to?: string
  text?: string
  photos?: string[]
  department?: string
  rating?: number
}

export type InboxRole = 'offered' | 'mine' | 'watching' | 'reported'

export interface InboxItem {
  role: InboxRole
  unread: boolean
  since: string
  case: CaseSummary
}

export interface Inbox extends Page<InboxItem> {
  counts: { offered: number; mine: number; watching: number; reported: number; unread: number }
}

export interface Photo {
  id: string
  contentType: string
  size: number
  takenAt: string | null
  position: Position | null
}

// Live

export interface CaseChange {
  id: string
  version: number
  step: Step
  by: string
  byName: string
  case: CaseSummary
}

export interface InboxChange {
  role: InboxRole | 'gone'
  unread: boolean
  step: Step
  by: string
  byName: string
  case: CaseSummary
}
