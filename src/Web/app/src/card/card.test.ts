import { describe, expect, it } from 'vitest'
import { dayName, hoursOf, officeState, withinOf, type Card } from './card'

const days = [
  {
    day: '2026-11-26',
    hours: [
      { from: '08:00', to: '12:00' },
      { from: '14:30', to: '17:30' },
    ],
  },
  { day: '2026-11-27', hours: [] },
]
const office = (open: boolean, changes: string | null): Card['office'] => ({ open, changes, days })

describe('the office hours of a card', () => {
  it('says until when it is open, in the time of the place', () => {
    expect(officeState(office(true, '2026-11-26T12:00:00+08:00'), 'zh-CN')).toBe('正在办公 · 到 12:00')
  })
  it('names the day when it opens on another one', () => {
    expect(officeState(office(false, '2026-11-26T14:30:00+08:00'), 'en')).toBe('Closed now · opens 14:30')
    expect(officeState(office(false, '2026-11-30T08:00:00+08:00'), 'en')).toBe('Closed now · opens Mon 08:00')
    expect(officeState(office(false, null), 'zh-CN')).toBe('现在不办公')
  })
  it('lists each day with its hours, or as a day off', () => {
    expect(dayName('2026-11-26', '2026-11-26', 'zh-CN')).toBe('今天 11/26')
    expect(dayName('2026-11-27', '2026-11-26', 'en')).toBe('Fri 11/27')
    expect(hoursOf(days[0]!, 'en')).toEqual(['08:00–12:00', '14:30–17:30'])
    expect(hoursOf(days[1]!, 'zh-CN')).toEqual(['休息'])
  })
})

describe('where a grid lies', () => {
  it('is said without names that the name of the grid repeats', () => {
    const within = ['吾田村第一网格', '第一党支部', '吾田村']
    expect(withinOf({ areaName: '吾田村第一网格第二微网格', within })).toBe('第一党支部')
    expect(withinOf({ areaName: '第二网格', within: ['竹园村', '青山镇'] })).toBe('青山镇 › 竹园村')
  })
})
