import { client } from '@/http/client'
import type {
  MyTask,
  NewTask,
  ScheduleRule,
  SentTask,
  SentTaskItem,
  Target,
  TaskPreview,
  TaskSchedule,
  TaskTemplate,
} from './taskTypes'

interface List<T> {
  items: T[]
  next?: string | null
}

const to = (task: string): string => `/api/tasks/${encodeURIComponent(task)}`
export const targetPath = (task: string, area: string, step: string): string =>
  `${to(task)}/targets/${encodeURIComponent(area)}/${step}`

/** Every call about tasks that are sent down. */
export const taskCalls = {
  list: (query: { area?: string; state?: string; cursor?: string; limit?: number }) =>
    client.get<List<SentTaskItem>>('/api/tasks', { query }),
  templates: () => client.get<List<TaskTemplate>>('/api/tasks/templates'),
  preview: (task: NewTask) => client.post<TaskPreview>('/api/tasks/preview', task),
  send: (task: NewTask) => client.post<SentTask>('/api/tasks', task),
  get: (task: string, area?: string) => client.get<SentTask>(to(task), { query: { area } }),
  targets: (task: string, query: { area?: string; state?: string; read?: boolean; cursor?: string; limit?: number }) =>
    client.get<List<Target>>(`${to(task)}/targets`, { query }),
  photo: (task: string, photo: string, size?: 'thumb') =>
    client.get<Blob>(`${to(task)}/photos/${encodeURIComponent(photo)}`, { query: { size } }),
  change: (task: string, body: NewTask) => client.post<SentTask>(`${to(task)}/change`, body),
  recall: (task: string, reason: string) => client.post<SentTask>(`${to(task)}/recall`, { reason }),
  mine: (state?: 'all') => client.get<List<MyTask>>('/api/tasks/mine', { query: { state } }),
  read: (task: string, area: string) => client.post<Target>(targetPath(task, area, 'read')),
  giveBack: (task: string, target: Target, reason: string) =>
    client.post<Target>(targetPath(task, target.area, 'return'), {
      reason,
      ...(target.person && { person: target.person }),
    }),
  schedules: () => client.get<List<TaskSchedule>>('/api/task-schedules'),
  begin: (task: NewTask, rule: ScheduleRule) => client.post<TaskSchedule>('/api/task-schedules', { task, rule }),
  pause: (schedule: string, reason: string) =>
    client.post<TaskSchedule>(`/api/task-schedules/${encodeURIComponent(schedule)}/pause`, { reason }),
  resume: (schedule: string) => client.post<TaskSchedule>(`/api/task-schedules/${encodeURIComponent(schedule)}/resume`),
  end: (schedule: string, reason: string) =>
    client.post<TaskSchedule>(`/api/task-schedules/${encodeURIComponent(schedule)}/end`, { reason }),
}
