import { expect, it } from 'vitest'
import { perDay, perMonth, tenth } from './burden'
import type { AreaBurden } from './scoreApi'

const area: AreaBurden = {
  area: 'a',
  areaName: 'a',
  workers: 4,
  days: 40,
  checkIns: 170,
  checkpoints: 0,
  visits: 20,
  reports: 4,
  tasks: 6,
  notices: 2,
  minutes: 130,
}

it('a burden is told for one worker and a day, or a month', () => {
  expect([perDay(area, 'checkIns'), perMonth(area, 'tasks')]).toEqual([4.25, 1.5])
  expect([tenth(4.25), tenth(0.04), tenth(null)]).toEqual(['4.3', '0', '–'])
})
it('nobody who noted anything has no burden', () => {
  expect([perDay({ ...area, days: 0 }, 'visits'), perMonth({ ...area, workers: 0 }, 'tasks')]).toEqual([null, null])
})
