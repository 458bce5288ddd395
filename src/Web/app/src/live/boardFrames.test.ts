import { describe, expect, it } from 'vitest'
import type { AreaFrame, Board, Counts, TickerEntry } from '@/http/apiTypes'
import { applyFrame, longestTicker, resnapshot } from './boardFrames'

const counts = (open: number): Counts => ({
  reported: open,
  open,
  unclaimed: open,
  claimed: 0,
  resolved: 0,
  overdue: 0,
  closed: 0,
  explained: 0,
  reportedToday: open,
  closedToday: 0,
})

const entry = (caseId: string, at = '2026-11-22T09:41:00+08:00'): TickerEntry => ({
  at,
  step: 'reported',
  status: 'offered',
  caseId,
  number: caseId,
  area: 'a1',
  areaName: '一村',
  category: 'c',
  categoryName: '停水',
  categoryNameEn: 'No water',
  title: '停水两天',
  by: 'p',
  byName: '张三',
})

const board: Board = {
  epoch: 7,
  sequence: 10,
  area: {
    code: 'a',
    name: '某镇',
    level: 'town',
    levelName: '镇',
    levelNameEn: 'Town',
    kind: '',
    generated: false,
    parent: null,
    path: [],
    children: 2,
  },
  asOf: 't0',
  day: '2026-11-22',
  counts: counts(3),
  children: [
    { code: 'a1', name: '一村', counts: counts(1) },
    { code: 'a2', name: '二村', counts: counts(2) },
  ],
  ticker: [entry('old')],
}

const frame = (change: Partial<AreaFrame>): AreaFrame => ({
  area: 'a',
  epoch: 7,
  previous: 10,
  sequence: 11,
  full: false,
  asOf: 't1',
  day: '2026-11-22',
  counts: counts(4),
  children: [{ code: 'a2', name: '二村', counts: counts(3) }],
  ticker: [entry('new')],
  ...change,
})

const applied = (change: Partial<AreaFrame>): Board => {
  const next = applyFrame(board, frame(change))
  if (next === resnapshot) throw new Error('expected a board')
  return next
}

describe('applying a frame to a board', () => {
  it('takes the figures, overwrites the changed children and puts news first', () => {
    const next = applied({})
    expect(next.sequence).toBe(11)
    expect(next.counts.open).toBe(4)
    expect(next.children.map((child) => child.counts.open)).toEqual([1, 3])
    expect(next.ticker.map((one) => one.caseId)).toEqual(['new', 'old'])
  })

  it('leaves the old board as it was', () => {
    applied({})
    expect(board.sequence).toBe(10)
    expect(board.children[1]!.counts.open).toBe(2)
  })

  it('keeps the order of children, and appends one it did not know', () => {
    const next = applied({ children: [{ code: 'a3', name: '三村', counts: counts(9) }] })
    expect(next.children.map((child) => child.code)).toEqual(['a1', 'a2', 'a3'])
  })

  it('asks for a snapshot after a gap', () => {
    expect(applyFrame(board, frame({ previous: 11, sequence: 12 }))).toBe(resnapshot)
  })

  it('asks for a snapshot when the area began a new epoch', () => {
    expect(applyFrame(board, frame({ epoch: 8 }))).toBe(resnapshot)
  })

  it('ignores a frame the snapshot already contains', () => {
    expect(applyFrame(board, frame({ previous: 9, sequence: 10 }))).toBe(board)
  })

  it('ignores a frame of another area', () => {
    expect(applyFrame(board, frame({ area: 'b' }))).toBe(board)
  })

  it('lets a full frame replace everything, whatever the cursor', () => {
    const next = applied({ full: true, epoch: 9, previous: 0, sequence: 1, children: [], ticker: [] })
    expect([next.epoch, next.sequence, next.children.length, next.ticker.length]).toEqual([9, 1, 0, 0])
    expect(next.area.name).toBe('某镇')
  })

  it('is not taken back by a full frame that was under way before the snapshot', () => {
    expect(applyFrame(board, frame({ full: true, previous: 9, sequence: 9 }))).toBe(board)
  })

  it('puts an entry that comes late where it belongs in time', () => {
    const late = entry('late', '2026-11-22T09:40:00+08:00')
    const sameInstantElsewhere = entry('same', '2026-11-22T01:41:00Z')
    expect(applied({ ticker: [late, sameInstantElsewhere] }).ticker.map((one) => one.caseId)).toEqual([
      'same',
      'old',
      'late',
    ])
  })

  it('shows an entry once, and keeps the ticker short', () => {
    expect(applied({ ticker: [entry('old')] }).ticker).toHaveLength(1)
    const many = Array.from({ length: 200 }, (_, n) => entry(`n${n}`))
    expect(applied({ ticker: many }).ticker).toHaveLength(longestTicker)
  })
})
