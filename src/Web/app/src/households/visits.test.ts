import { describe, expect, it, vi } from 'vitest'
import type { GroupRule } from '@/http/apiTypes'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { dayAfterPeriod, lapse, visitDue } = await import('./visits')

const group = (id: string, visitEvery: string | null): GroupRule => ({
  id,
  name: id,
  nameEn: id,
  visitEvery,
  sensitive: false,
})
const rules = [group('alone', '7d'), group('low-income', '3mo'), group('other', null)]
const now = '2026-11-26T10:00:00+08:00'
const visited = (day: string): string => `${day}T09:00:00+08:00`

describe('a period', () => {
  it.each([
    ['2026-11-26', '7d', '2026-12-03'],
    ['2026-11-30', '3mo', '2027-02-28'],
    ['2026-01-31', '1mo', '2026-02-28'],
    ['2024-02-29', '1y', '2025-02-28'],
    ['2026-12-31', '6mo', '2027-06-30'],
  ])('of %s and %s ends on %s', (day, period, end) => expect(dayAfterPeriod(day, period)).toBe(end))

  it('is nothing else', () => expect(dayAfterPeriod('2026-11-26', '7 days')).toBeNull())
})

describe('the visit of a household', () => {
  it.each([
    ['2026-11-25', { state: 'fine', days: 6 }],
    ['2026-11-20', { state: 'due', days: 1 }],
    ['2026-11-19', { state: 'due', days: 0 }],
    ['2026-11-17', { state: 'overdue', days: 2 }],
  ])('that was last made on %s', (day, due) =>
    expect(visitDue({ groups: ['alone'], visitedAt: visited(day) }, rules, now)).toEqual(due),
  )

  it('is due by the shortest rhythm', () =>
    expect(visitDue({ groups: ['low-income', 'alone'], visitedAt: visited('2026-11-10') }, rules, now)?.state).toBe(
      'overdue',
    ))

  it('that was never made is overdue', () =>
    expect(visitDue({ groups: ['alone'], visitedAt: null }, rules, now)).toEqual({ state: 'overdue', days: null }))

  it('isn’t needed without a group that has a rhythm', () => {
    expect(visitDue({ groups: ['other'], visitedAt: null }, rules, now)).toBeNull()
    expect(visitDue({ groups: [], visitedAt: null }, rules, now)).toBeNull()
  })
})

describe('a certificate', () => {
  it.each([
    ['2026-11-25', { state: 'overdue', days: 1 }],
    ['2026-11-26', { state: 'due', days: 0 }],
    ['2026-12-26', { state: 'due', days: 30 }],
    ['2026-12-27', { state: 'fine', days: 31 }],
  ])('that is valid until %s', (day, due) => expect(lapse(day, now)).toEqual(due))

  it('that isn’t there', () => expect(lapse(null, now)).toBeNull())
})
