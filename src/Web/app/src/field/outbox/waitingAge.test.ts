import { expect, it } from 'vitest'
import { daysWaiting, isTooOld } from './waitingAge'

const day = 86_400_000

it('warns when something has waited for three days', () => {
  expect(isTooOld(null, 5 * day)).toBe(false)
  expect(isTooOld(2 * day, 5 * day - 1)).toBe(false)
  expect(isTooOld(2 * day, 5 * day)).toBe(true)
})

it('counts whole days, and none before a clock that was set back', () => {
  expect(daysWaiting(day, 3 * day + 1)).toBe(2)
  expect(daysWaiting(3 * day, day)).toBe(0)
})
