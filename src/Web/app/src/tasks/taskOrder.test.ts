import { describe, expect, it } from 'vitest'
import { inOrder, isUrgent } from './taskOrder'
import type { MyTask } from './taskTypes'

const now = Date.parse('2026-11-24T08:00:00+08:00')
const task = (id: string, dueAt: string | null, target: object = {}): MyTask =>
  ({ id, dueAt, sentAt: '2026-11-20T08:00:00+08:00', target: { late: false, remindedAt: null, ...target } }) as MyTask

describe('the order of my tasks', () => {
  it('has what is late, reminded or due within a day on top, and what has no time last', () => {
    const tasks = [
      task('never', null),
      task('friday', '2026-11-27T18:00:00+08:00'),
      task('reminded', '2026-11-26T18:00:00+08:00', { remindedAt: '2026-11-24T07:00:00+08:00' }),
      task('today', '2026-11-24T18:00:00+08:00'),
      task('late', '2026-11-23T18:00:00+08:00', { late: true }),
    ]
    expect(inOrder(tasks, now).map((one) => one.id)).toEqual(['late', 'today', 'reminded', 'friday', 'never'])
    expect(tasks.filter((one) => isUrgent(one, now)).map((one) => one.id)).toEqual(['reminded', 'today', 'late'])
  })
})
