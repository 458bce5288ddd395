import { expect, it } from 'vitest'
import type { CaseSummary, InboxChange } from '@/shared/api'
import { applied, inList, settled, todoOf, type Todo } from './todos'

const one = (id: string, version: number, minute = 0): CaseSummary =>
  ({
    id,
    version,
    reportedAt: `2026-11-22T09:${String(minute).padStart(2, '0')}:00+08:00`,
    claimedAt: null,
  }) as CaseSummary
const change = (id: string, version: number, role: InboxChange['role'], by = 'other'): InboxChange => ({
  role,
  unread: true,
  step: 'claimed',
  by,
  byName: '王佳玉',
  case: one(id, version),
})
const offered = (id: string, minute = 0): Todo =>
  todoOf({ role: 'offered', unread: true, since: '', case: one(id, 1, minute) })

it('what a colleague claims stays in place with who did, then moves', () => {
  const after = applied([offered('a'), offered('b', 1)], change('a', 2, 'watching'), 'me')
  expect(inList(after, 'offered').map((todo) => todo.case.id)).toEqual(['a', 'b'])
  expect(after[0]!.moved).toEqual({ step: 'claimed', byName: '王佳玉', byMe: false })
  const later = settled(after)
  expect(inList(later, 'offered').map((todo) => todo.case.id)).toEqual(['b'])
  expect(inList(later, 'watching')).toHaveLength(1)
})

it('what leaves my inbox goes after a moment; what I never had does not come', () => {
  expect(settled(applied([offered('a')], change('a', 2, 'gone'), 'me'))).toEqual([])
  expect(applied([], change('a', 2, 'gone'), 'me')).toEqual([])
})

it('an old change is ignored, a change back takes the mark away', () => {
  const claimed = applied([offered('a')], change('a', 3, 'watching'), 'me')
  expect(applied(claimed, change('a', 2, 'mine'), 'me')).toBe(claimed)
  expect(applied(claimed, change('a', 4, 'offered'), 'me')[0]!.moved).toBeNull()
})

it('to be done: longest waiting first; to be followed: newest first', () => {
  const todos = [offered('new', 9), offered('old', 1)]
  expect(inList(todos, 'offered').map((todo) => todo.case.id)).toEqual(['old', 'new'])
  const reported = todos.map((todo) => ({ ...todo, list: 'reported' as const }))
  expect(inList(reported, 'reported').map((todo) => todo.case.id)).toEqual(['new', 'old'])
})
