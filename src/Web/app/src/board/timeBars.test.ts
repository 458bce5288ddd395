import { expect, it, vi } from 'vitest'
import type { Statistics } from '@/http/apiTypes'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { withCounters } = await import('./timeBars')

const read = {
  day: '2026-11-25',
  hours: [
    { hour: 8, reported: 30, closed: 5 },
    { hour: 9, reported: 3, closed: 1 },
  ],
  days: [
    { day: '2026-11-24', reported: 50, closed: 40 },
    { day: '2026-11-25', reported: 33, closed: 6 },
  ],
} as unknown as Statistics

it('shows today as the counters do, and what is new in the current hour', () => {
  const shown = withCounters(read, { reportedToday: 34, closedToday: 8 }, '2026-11-25', 9)
  expect(shown.days).toEqual([read.days[0], { day: '2026-11-25', reported: 34, closed: 8 }])
  expect(shown.hours).toEqual([read.hours[0], { hour: 9, reported: 4, closed: 3 }])
})

it('stays as it was read when the counters are of another day', () => {
  expect(withCounters(read, { reportedToday: 0, closedToday: 0 }, '2026-11-26', 0)).toEqual(read)
})
