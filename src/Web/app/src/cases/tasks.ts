import type { CaseTask } from '@/http/apiTypes'
import type { Tone } from './statusTone'

export const toneOfTask = (task: Pick<CaseTask, 'done' | 'overdue'>): Tone =>
  task.done === null ? (task.overdue ? 'overdue' : 'soon') : task.done ? 'done' : 'neutral'

/** The terms that a task can be given; any other can be set by the API. */
export const terms = ['4h', '24h', '48h', '1wd', '2wd', '3wd', '5wd', '7wd', '10wd', '15wd', '22wd']

export interface TaskDraft {
  text: string
  /** `person:` or `post:`, and the id. */
  owner: string
  term: string
}

export const newTask = (): TaskDraft => ({ text: '', owner: '', term: '3wd' })

/** The tasks of a request. One that nothing was written in is left out. */
export const tasksOf = (drafts: TaskDraft[]) =>
  drafts
    .filter(({ text }) => text.trim())
    .map(({ text, owner, term }) => {
      const [kind, id] = [owner.slice(0, owner.indexOf(':')), owner.slice(owner.indexOf(':') + 1)]
      return { text: text.trim(), term, ...(kind === 'post' ? { post: id } : { person: id }) }
    })

/** Whether every task that something was written in has an owner. */
export const areOwned = (drafts: TaskDraft[]): boolean => drafts.every(({ text, owner }) => !text.trim() || owner)
