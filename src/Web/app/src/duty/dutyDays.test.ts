import { expect, it } from 'vitest'
import { byDay, daysAfter } from './dutyDays'

it('groups turns by the day on which they begin', () => {
  const [first, second, third] = [
    { begins: '2026-11-25T17:30:00+08:00' },
    { begins: '2026-11-25T20:00:00+08:00' },
    { begins: '2026-11-26T17:30:00+08:00' },
  ]
  expect(byDay([first, second, third], (at) => at.slice(0, 10))).toEqual([
    ['2026-11-25', [first, second]],
    ['2026-11-26', [third]],
  ])
})

it('moves by days over the end of a month and of a year', () => {
  expect(daysAfter('2026-11-26', 7)).toBe('2026-12-03')
  expect(daysAfter('2027-01-03', -7)).toBe('2026-12-27')
})
