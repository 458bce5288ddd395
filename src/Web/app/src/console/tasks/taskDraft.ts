import type { NewTask, ScheduleRule, TaskDefinition, TaskTemplate } from '@/tasks/taskTypes'

/** What stands in the form of a task. */
export interface TaskDraft {
  title: string
  titleEn: string
  text: string
  kind: 'work' | 'notice'
  levels: string[]
  posts: string[]
  perHolder: boolean
  /** A line for each item. */
  checklist: string
  photos: string[]
  link: string
  proof: 'none' | 'text' | 'photo' | 'count'
  countName: string
  minutes: string
  remindBefore: string
  /** As a field for date and time gives it, on the pack's clock. */
  dueAt: string
  term: string
}

export const emptyDraft = (): TaskDraft => ({
  title: '',
  titleEn: '',
  text: '',
  kind: 'work',
  levels: [],
  posts: [],
  perHolder: false,
  checklist: '',
  photos: [],
  link: '',
  proof: 'none',
  countName: '',
  minutes: '',
  remindBefore: '',
  dueAt: '',
  term: '',
})

export const draftOf = (task: TaskDefinition, term: string | null = null): TaskDraft => ({
  title: task.title,
  titleEn: task.titleEn,
  text: task.text,
  kind: task.kind,
  levels: [...task.audience.levels],
  posts: [...task.audience.posts],
  perHolder: task.audience.perHolder,
  checklist: task.checklist.map((item) => item.name).join('\n'),
  photos: [...task.photos],
  link: task.link,
  proof: task.proof,
  countName: task.countName,
  minutes: task.minutes === null ? '' : String(task.minutes),
  remindBefore: task.remindBefore ?? '',
  dueAt: '',
  term: term ?? '',
})

/**
 * The task as it is sent. An item that stands in what is changed keeps its id, so that what was ticked stays ticked.
 * @param offset The pack's offset: +08:00.
 */
export function taskOf(draft: TaskDraft, area: string, offset: string, before: TaskDefinition | null = null): NewTask {
  const lines = draft.checklist
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const known = new Map(before?.checklist.map((item) => [item.name, item.id]) ?? [])
  const taken = new Set(known.values())
  let number = 0
  const newId = (): string => {
    do number++
    while (taken.has(`item-${number}`))
    return `item-${number}`
  }
  return {
    area,
    title: draft.title.trim(),
    titleEn: draft.titleEn,
    text: draft.text.trim(),
    kind: draft.kind,
    audience: { levels: draft.levels, posts: draft.posts, perHolder: draft.perHolder },
    checklist: lines.map((name) => ({ id: known.get(name) ?? newId(), name })),
    photos: draft.photos,
    link: draft.link.trim(),
    proof: draft.proof,
    countName: draft.proof === 'count' ? draft.countName.trim() : '',
    minutes: draft.minutes ? Number(draft.minutes) : null,
    remindBefore: draft.remindBefore.trim() || null,
    ...(draft.dueAt ? { dueAt: `${draft.dueAt}:00${offset}` } : { term: draft.term.trim() || null }),
  }
}

export interface RuleDraft {
  every: 'week' | 'month' | 'workday' | 'custom'
  weekday: string
  monthDay: number
  custom: string
  at: string
  days: ScheduleRule['days']
  missed: ScheduleRule['missed']
}

export const emptyRule = (): RuleDraft => ({
  every: 'week',
  weekday: 'TU',
  monthDay: 1,
  custom: '',
  at: '08:00',
  days: 'working',
  missed: 'latest',
})

export function recurrenceOf(rule: RuleDraft): string {
  switch (rule.every) {
    case 'week':
      return `FREQ=WEEKLY;BYDAY=${rule.weekday}`
    case 'month':
      return `FREQ=MONTHLY;BYMONTHDAY=${rule.monthDay}`
    case 'workday':
      return 'FREQ=DAILY'
    default:
      return rule.custom.trim()
  }
}

export function ruleDraftOf({ rule }: TaskTemplate): RuleDraft {
  if (!rule) return emptyRule()
  const held = { ...emptyRule(), at: rule.at, days: rule.days, missed: rule.missed }
  const weekday = /^FREQ=WEEKLY;BYDAY=([A-Z]{2})$/.exec(rule.recurrence)?.[1]
  if (weekday) return { ...held, every: 'week', weekday }
  const monthDay = /^FREQ=MONTHLY;BYMONTHDAY=(\d{1,2})$/.exec(rule.recurrence)?.[1]
  if (monthDay) return { ...held, every: 'month', monthDay: Number(monthDay) }
  if (rule.recurrence === 'FREQ=DAILY') return { ...held, every: 'workday' }
  return { ...held, every: 'custom', custom: rule.recurrence }
}
