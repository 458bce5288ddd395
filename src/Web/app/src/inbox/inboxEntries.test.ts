import { describe, expect, it } from 'vitest'
import type { CaseSummary, InboxChange, InboxItem } from '@/http/apiTypes'
import { applyChange, entryOf, grouped, settle } from './inboxEntries'

const summary = (id: string, more: Partial<CaseSummary> = {}) =>
  ({
    id,
    version: 1,
    status: 'offered',
    reportedAt: '2026-11-22T08:00:00+08:00',
    claimedAt: null,
    updatedAt: '2026-11-22T08:00:00+08:00',
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

  it('begin with the longest waiting case in groups with work to do, and with the latest in the others', () => {
    const late = { reportedAt: '2026-11-22T09:00:00+08:00' }
    const ids = (role: InboxItem['role']) =>
      grouped([item('late', role, late), item('early', role)].map(entryOf))[role].map((entry) => entry.case.id)
    expect(ids('offered')).toEqual(['early', 'late'])
    expect(ids('mine')).toEqual(['early', 'late'])
    expect(ids('watching')).toEqual(['late', 'early'])
    expect(ids('reported')).toEqual(['late', 'early'])
  })
})
