/** Tasks that are sent down (下达), as the service answers them. */

export type TaskKind = 'work' | 'notice'
export type TaskProof = 'none' | 'text' | 'photo' | 'count'
export type TaskState = 'open' | 'finished' | 'recalled'
export type TargetState = 'open' | 'done' | 'refused' | 'recalled'

export interface TaskItem {
  id: string
  name: string
  nameEn: string
}

export interface TaskDefinition {
  title: string
  titleEn: string
  text: string
  kind: TaskKind
  audience: { levels: string[]; posts: string[]; perHolder: boolean }
  checklist: TaskItem[]
  photos: string[]
  link: string
  proof: TaskProof
  countName: string
  minutes: number | null
  remindBefore: string | null
}

export interface TaskTally {
  targets: number
  open: number
  late: number
  done: number
  doneLate: number
  refused: number
  read: number
}

export interface SentTaskItem {
  id: string
  title: string
  titleEn: string
  kind: TaskKind
  state: TaskState
  area: string
  areaName: string
  sentAt: string
  sentByName: string
  dueAt: string | null
  tally: TaskTally
  schedule: string | null
}

export interface TaskArea {
  area: string
  areaName: string
  level: string
  tally: TaskTally
  count: number
  children: number
}

export interface SentTask extends Omit<SentTaskItem, 'title' | 'titleEn' | 'kind'> {
  definition: TaskDefinition
  remindAt: string | null
  remindedAt: string | null
  updatedAt: string
  updatedByName: string
  recallReason: string
  revision: number
  under: TaskArea
  path: { code: string; name: string }[]
  areas: TaskArea[]
  actions: ('manage' | 'return')[]
}

export interface Target {
  area: string
  areaName: string
  person: string | null
  personName: string | null
  holders: string[]
  state: TargetState
  late: boolean
  readAt: string | null
  readByName: string | null
  remindedAt: string | null
  at: string | null
  by: string | null
  byName: string | null
  takenAt: string | null
  note: string
  photos: string[]
  count: number | null
  ticked: string[]
  reason: string
  returned: number
}

export interface MyTask {
  id: string
  definition: TaskDefinition
  sentAt: string
  sentByName: string
  dueAt: string | null
  revision: number
  target: Target
}

export interface TaskPreview {
  targets: number
  people: number
  vacant: number
  minutes: number
  basis: 'sender' | 'similar' | 'checklist'
  totalMinutes: number
  dueAt: string | null
  remindAt: string | null
}

export interface ScheduleRule {
  recurrence: string
  from: string
  at: string
  days: 'every' | 'working' | 'next-working'
  missed: 'skip' | 'latest' | 'all'
  term: string | null
}

export interface TaskTemplate {
  id: string
  definition: TaskDefinition
  term: string | null
  rule: ScheduleRule | null
}

export interface TaskSchedule {
  id: string
  state: 'running' | 'paused' | 'ended'
  area: string
  areaName: string
  definition: TaskDefinition
  rule: ScheduleRule
  nextAt: string | null
  lastRun: string | null
  lastTask: string | null
  runs: number
  begunByName: string
  reason: string
  actions: 'manage'[]
}

export type NewTask = Partial<Omit<TaskDefinition, 'checklist'>> & {
  area: string
  title: string
  checklist?: { id?: string; name: string }[]
  dueAt?: string | null
  term?: string | null
}
