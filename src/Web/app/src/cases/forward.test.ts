import { expect, it } from 'vitest'
import { toneOfForward } from './forward'

const due = '2026-11-22T09:00:00Z'
const [before, after] = [Date.parse(due) - 1, Date.parse(due)]

it('warns while an answer is owed, and is overdue when it is late', () => {
  expect(toneOfForward({ state: 'waiting', dueAt: due }, before)).toBe('soon')
  expect(toneOfForward({ state: 'waiting', dueAt: due }, after)).toBe('overdue')
  expect(toneOfForward({ state: 'waiting', dueAt: null }, after)).toBe('soon')
  expect(toneOfForward({ state: 'solved', dueAt: due }, after)).toBe('done')
  expect(toneOfForward({ state: 'refused', dueAt: due }, after)).toBe('neutral')
})
