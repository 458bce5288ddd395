import { describe, expect, it } from 'vitest'
import type { OnDuty } from '@/http/workerDayApi'
import { byConcern, coverageOf, dayShifted, flagWords, isLongSilence, isSilent, minutesWords } from './duty'

const one = (person: string, more: Partial<OnDuty>): OnDuty => ({
  person,
  personName: person,
  post: null,
  postName: null,
  area: 'A',
  areaName: 'A',
  state: 'on-duty',
  since: null,
  lastSeenAt: null,
  position: null,
  checkIns: 0,
  visits: 0,
  openFlags: 0,
  hoursSilent: 0,
  ...more,
})

describe('who is on duty', () => {
  it('comes with whom somebody must look after first', () => {
    const all = [
      one('calm', {}),
      one('flagged', { openFlags: 2 }),
      one('silent', { hoursSilent: 3 }),
      one('paused', { state: 'paused', hoursSilent: 9 }),
    ]
    expect(all.sort(byConcern).map(({ person }) => person)).toEqual(['silent', 'flagged', 'calm', 'paused'])
  })
  it('is silent only while on duty', () => {
    expect(isSilent(one('a', { hoursSilent: 2 }))).toBe(true)
    expect(isSilent(one('a', { hoursSilent: 2, state: 'paused' }))).toBe(false)
  })
})

describe('words and figures', () => {
  const t = (key: string, values: Record<string, unknown>): string => `${key} ${Object.values(values).join()}`.trim()

  it('says what a doubt measures, where it measures something', () => {
    expect(flagWords({ flag: 'outside-area', detail: 340 }, t)).toBe(
      'oversee.flags.outside-area · oversee.flagDetails.outside-area 340',
    )
    expect(flagWords({ flag: 'mocked', detail: 1 }, t)).toBe('oversee.flags.mocked')
    expect(flagWords({ flag: 'mocked', detail: null }, t)).toBe('oversee.flags.mocked')
  })
  it('counts no coverage of nothing, and none that is rounded up to all', () => {
    expect(coverageOf({ due: 0, overdue: 0, done: 0 })).toBeNull()
    expect(coverageOf({ due: 1, overdue: 0, done: 999 })).toBe(99)
  })
  it('says minutes as hours and minutes, and marks a long silence', () => {
    expect([0, 59, 60, 125].map((minutes) => minutesWords(minutes, t))).toEqual([
      'oversee.minutes 0',
      'oversee.minutes 59',
      'oversee.hours 1,0',
      'oversee.hoursMinutes 2,5',
    ])
    expect([119, 120].map(isLongSilence)).toEqual([false, true])
  })
  it('goes from day to day over the end of a month', () => {
    expect(dayShifted('2026-11-30', 1)).toBe('2026-12-01')
    expect(dayShifted('2026-03-01', -1)).toBe('2026-02-28')
  })
})
