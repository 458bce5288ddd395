import type { MyTask } from './taskTypes'

/** How near the end of its time a to-do counts as urgent. */
const soon = 24 * 3600_000

export const isUrgent = (one: MyTask, now: number): boolean =>
  one.target.late || one.target.remindedAt !== null || (one.dueAt !== null && Date.parse(one.dueAt) - now < soon)

/** Urgent ones first, then what is due first; what has no time comes last, the oldest first. */
export function inOrder(tasks: MyTask[], now: number): MyTask[] {
  const due = (one: MyTask): number => (one.dueAt ? Date.parse(one.dueAt) : Infinity)
  return [...tasks].sort(
    (a, b) =>
      Number(isUrgent(b, now)) - Number(isUrgent(a, now)) ||
      (due(a) === due(b) ? 0 : due(a) - due(b)) ||
      Date.parse(a.sentAt) - Date.parse(b.sentAt),
  )
}
