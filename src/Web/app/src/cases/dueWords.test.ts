import { describe, expect, it, vi } from 'vitest'
import { officeHoursOf } from '@/time/officeHours'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { dueWords } = await import('./dueWords')

const t = (key: string, values: Record<string, unknown>) => `${key}:${Object.values(values).join()}`
/** Sunday morning. */
const now = Date.parse('2026-11-22T01:41:00Z')
const hours = officeHoursOf({
  intervals: ['2026-11-23', '2026-11-24', '2026-11-25'].flatMap((on) => [
    { opens: `${on}T08:30:00+08:00`, closes: `${on}T12:00:00+08:00` },
    { opens: `${on}T14:30:00+08:00`, closes: `${on}T17:30:00+08:00` },
  ]),
})
const words = (dueAt: string, term: string | null, at = now) => dueWords({ dueAt, term }, at, hours, t)

describe('when a case is due', () => {
  it('is said as working days while there are any after today', () =>
    expect(words('2026-11-25T09:30:00Z', '3wd')).toBe('clock.left:time.workingDays:3'))

  it('is said as office hours on the last of them', () =>
    expect(words('2026-11-25T09:30:00Z', '3wd', Date.parse('2026-11-25T05:10:00Z'))).toBe(
      'clock.leftWorking:time.hours:3',
    ))

  it('is said as office hours where the term counts them', () =>
    expect(words('2026-11-23T07:20:00Z', '4wh')).toBe('clock.leftWorking:time.hoursMinutes:4,20'))

  it('is said as time where the term runs on without a stop', () => {
    expect(words('2026-11-22T04:50:00Z', '24h')).toBe('clock.left:time.hoursMinutes:3,9')
    expect(words('2026-11-24T01:41:00Z', '72h')).toBe('clock.left:time.days:2')
  })

  it('is said as a moment where the office hours until then are not known', () =>
    expect(words('2026-11-26T09:30:00Z', '7wd')).toBe('clock.due:11-26 17:30'))

  it('is said as how late it is afterwards', () =>
    expect(words('2026-11-22T01:01:00Z', '7wd')).toBe('clock.late:time.minutes:40'))
})
