import { describe, expect, it } from 'vitest'
import type { CaseSummary, InboxChange, InboxItem, InboxRole } from '@/http/apiTypes'
import {
  alarmsBetween,
  applyChange,
  arrivalsBetween,
  countRoles,
  entryOf,
  grouped,
  settle,
  type InboxSort,
} from './inboxEntries'

const summary = (id: string, more: Partial<CaseSummary> = {}) =>
  ({
    id,
    version: 1,
    status: 'offered',
    reportedAt: '2026-11-22T08:00:00+08:00',
    claimedAt: null,
    updatedAt: '2026-11-22T08:00:00+08:00',
    categoryName: '井盖',
    ...more,
  }) as CaseSummary

const item = (id: string, role: InboxItem['role'] = 'offered', more: Partial<CaseSummary> = {}): InboxItem => ({
  role,
  unread: false,
  since: '',
  case: summary(id, more),
})

const change = (id: string, role: InboxChange['role'], by: string, version = 2): InboxChange => ({
  role,
  unread: by !== 'me',
  caseId: id,
  step: 'claimed',
  by,
  byName: by === 'me' ? '我' : '李四',
  case: summary(id, { version }),
})

const list = () => [item('a'), item('b')].map(entryOf)

describe('my to-dos', () => {
  it('leave what a colleague claimed in its place, with the name', () => {
    const next = applyChange(list(), change('a', 'watching', 'other'), 'me')
    expect(next[0]).toMatchObject({ group: 'offered', role: 'watching', moved: { byName: '李四' } })
  })

  it('move a claimed item once nobody points at the list', () => {
    const next = settle(applyChange(list(), change('a', 'watching', 'other'), 'me'))
    expect(next[0]).toMatchObject({ group: 'watching', moved: null })
  })

  it('keep what I claimed in its place too, so that a double click claims one case', () => {
    const next = applyChange(list(), change('a', 'mine', 'me'), 'me')
    expect(next[0]).toMatchObject({ group: 'offered', role: 'mine', moved: { byMe: true } })
    expect(settle(next)[0]).toMatchObject({ group: 'mine', moved: null })
  })

  it('keep an item that is gone until the list settles', () => {
    const gone = applyChange(list(), change('a', 'gone', 'other'), 'me')
    expect(gone).toHaveLength(2)
    expect(settle(gone).map((entry) => entry.case.id)).toEqual(['b'])
  })

  it('keep an item that went where I may not look, without saying who took it, until the list settles', () => {
    const loss = { role: 'gone', unread: false, caseId: 'a', step: null, by: null, byName: null, case: null } as const
    const gone = applyChange(list(), loss, 'me')
    expect(gone[0]).toMatchObject({ role: 'gone', moved: { step: null, byName: '' } })
    expect(settle(gone).map((entry) => entry.case.id)).toEqual(['b'])
    expect(applyChange(list(), { ...loss, caseId: 'unknown' }, 'me')).toEqual(list())
  })

  it('come back in place when a colleague releases again', () => {
    const taken = applyChange(list(), change('a', 'watching', 'other'), 'me')
    expect(applyChange(taken, change('a', 'offered', 'other', 3), 'me')[0]).toMatchObject({
      group: 'offered',
      moved: null,
    })
  })

  it('add what is new, and ignore a change older than the shown version', () => {
    expect(applyChange(list(), change('c', 'offered', 'other'), 'me')).toHaveLength(3)
    expect(applyChange(list(), change('c', 'gone', 'other'), 'me')).toHaveLength(2)
    const taken = applyChange(list(), change('a', 'mine', 'me', 5), 'me')
    expect(applyChange(taken, change('a', 'offered', 'other', 4), 'me')).toBe(taken)
  })

  it('stand in the chosen order in every group', () => {
    const at = (hour: number, categoryName = '井盖') => ({
      reportedAt: `2026-11-22T0${hour}:00:00+08:00`,
      categoryName,
    })
    const items = [
      item('late', 'offered', at(9, '垃圾')),
      item('early', 'offered', at(7)),
      item('mid', 'offered', at(8)),
    ]
    const ids = (sort: InboxSort) => grouped(items.map(entryOf), sort).offered.map((entry) => entry.case.id)
    expect(ids('waiting')).toEqual(['early', 'mid', 'late'])
    expect(ids('newest')).toEqual(['late', 'mid', 'early'])
    expect(ids('category')).toEqual(['early', 'mid', 'late'])
  })

  it('are found by all words that were typed, in any form', () => {
    const entries = [
      item('a', 'offered', { title: '井盖缺失', areaName: '陈家湾村', number: 'LL-20261122-7' }),
      item('b', 'offered', { title: '停水', categoryName: '供水', areaName: '滩头村', categoryNameEn: 'Water' }),
    ].map(entryOf)
    const found = (typed: string) => grouped(entries, 'waiting', typed).offered.map((entry) => entry.case.id)
    expect(found('陈家湾 井盖')).toEqual(['a'])
    expect(found('ＷＡＴＥＲ')).toEqual(['b'])
    expect(found('1122-7')).toEqual(['a'])
    expect(found(' ')).toEqual(['a', 'b'])
    expect(found('井盖 停水')).toEqual([])
  })

  it('are counted by their role, also while a gone one is still shown', () => {
    const gone = applyChange(list(), change('a', 'gone', 'other'), 'me')
    expect(countRoles(gone)).toEqual({
      deciding: 0,
      consulted: 0,
      offered: 1,
      mine: 0,
      tasked: 0,
      watching: 0,
      reported: 0,
    })
  })

  it("alarm once when a clock warns and once when it runs out, if they are one's own", () => {
    const of = (role: InboxRole, more: Partial<CaseSummary>) => entryOf(item('a', role, more))
    const soon = { dueSoon: true, overdue: false }
    const late = { dueSoon: false, overdue: true }
    expect(alarmsBetween([of('mine', {})], [of('mine', soon)])).toEqual(['a'])
    expect(alarmsBetween([of('mine', soon)], [of('mine', late)])).toEqual(['a'])
    expect(alarmsBetween([of('mine', late)], [of('mine', late)])).toEqual([])
    expect(alarmsBetween([of('offered', {})], [of('offered', late)])).toEqual(['a'])
    expect(alarmsBetween([of('reported', {})], [of('reported', late)])).toEqual([])
    expect(alarmsBetween([], [of('mine', late)])).toEqual([])
  })

  it('are news when they begin to wait, and not when they are read or were known', () => {
    const before = list()
    const unread = { ...entryOf(item('c')), unread: true }
    const read = entryOf(item('d'))
    expect(arrivalsBetween(before, [...before, unread, read])).toEqual(['c'])
    expect(arrivalsBetween([...before, unread], [...before, unread])).toEqual([])
  })
})
