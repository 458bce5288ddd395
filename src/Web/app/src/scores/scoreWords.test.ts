import { describe, expect, it } from 'vitest'
import type { ScoreEvidence, ScoreItem, ScoreLine } from './scoreApi'
import {
  byUse,
  changes,
  middle,
  monthShifted,
  openOf,
  points,
  rate,
  reasonWords,
  ruleWords,
  shareOf,
  spread,
} from './scoreWords'

const t = (key: string, values: Record<string, unknown>): string =>
  `${key.replace('score.', '')} ${Object.values(values).join(' ')}`.trim()
const item: ScoreItem = {
  id: 'duty',
  name: '在岗',
  nameEn: 'Duty',
  group: '',
  groupEn: '',
  measure: 'duty',
  posts: ['worker'],
  points: 20,
  target: 0.95,
  floor: 0.6,
  each: null,
  perDay: null,
  perDutyDay: null,
  deducts: false,
}
const seen = (counts: boolean, note: string | null = null): ScoreEvidence => ({
  kind: 'household',
  id: note ?? String(counts),
  label: '',
  at: null,
  counts,
  note,
})
const line = (part: Partial<ScoreLine>): ScoreLine => ({
  item,
  points: 18,
  of: 20,
  applies: true,
  measured: 18,
  outOf: 20,
  evidence: [],
  computed: null,
  ...part,
})

describe('numbers', () => {
  it('points and rates have no zeros at their end', () => {
    expect([points(4), points(4.5), points(79.444)]).toEqual(['4', '4.5', '79.44'])
    expect([rate(0.95), rate(2 / 3)]).toEqual(['95%', '66.7%'])
  })
  it('a month is followed by the next one, also in another year', () => {
    expect([monthShifted('2026-12', 1), monthShifted('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
  })
  it('a share is between nothing and all, and of nothing is nothing', () => {
    expect([shareOf({ points: 5, of: 10 }), shareOf({ points: -5, of: 0 })]).toEqual([0.5, 0])
  })
})

describe('words', () => {
  it('a rate says how many of how many', () => {
    expect(reasonWords(line({}), t)).toBe('measured.duty 18 20 90%')
  })
  it('more than expected is all of it', () => {
    expect(reasonWords(line({ measured: 30 }), t)).toBe('measured.duty 30 20 100%')
  })
  it('a number says how many, and an item with nothing to do says so', () => {
    const reports = { ...item, measure: 'reports' as const, each: 2, target: null, floor: null }
    expect(reasonWords(line({ item: reports, measured: 3, outOf: null }), t)).toBe('counted.reports 3')
    expect(reasonWords(line({ applies: false }), t)).toBe('notApplied')
  })
  it('a rule says how points are earned', () => {
    expect(ruleWords(item, t)).toBe('rule.between 95% 60%')
    expect(ruleWords({ ...item, floor: 0, perDutyDay: 2 }, t)).toBe('rule.perDutyDay 2rule.rate 95%')
    expect(ruleWords({ ...item, each: 2, perDay: 3 }, t)).toBe('rule.each 2 20rule.perDay 3')
    expect(ruleWords({ ...item, each: 2, deducts: true }, t)).toBe('rule.deducts 2 20')
  })
})

describe('evidence', () => {
  it('what can be done something about comes first, then what is doubted', () => {
    const all = [seen(true), seen(true, 'doubted'), seen(false, 'overdue')]
    expect(byUse(all).map(({ note }) => note)).toEqual(['overdue', 'doubted', null])
  })
  it('what is over can not be done any more', () => {
    const evidence = [seen(false, 'overdue'), seen(false, 'never-visited'), seen(false, 'late'), seen(true)]
    expect(openOf(line({ evidence }))).toBe(2)
  })
})

describe('people', () => {
  const people = [{ mark: 0 }, { mark: 55 }, { mark: 100 }, { mark: null }]
  it('marks are counted by tenths, the full marks in the last', () => {
    expect(spread(people, 100)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 1])
  })
  it('the middle leaves out who has no mark', () => {
    expect([middle(people), middle([{ mark: null }])]).toEqual([55, null])
  })
  it('a trial says by how much each mark would change', () => {
    const before = [
      { person: 'a', mark: 50 },
      { person: 'b', mark: null },
    ]
    const after = [
      { person: 'a', mark: 61.5 },
      { person: 'b', mark: 10 },
      { person: 'c', mark: 10 },
    ]
    expect([...changes(before, after)]).toEqual([['a', 11.5]])
  })
})
