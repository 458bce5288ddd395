import { describe, expect, it, vi } from 'vitest'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { officeHoursOf, workingTimeLeft } = await import('./officeHours')

/** Thursday before the Spring Festival, the Friday, and the make-up Saturday. */
const hours = officeHoursOf({
  intervals: ['2026-02-12', '2026-02-13', '2026-02-14', '2026-02-24'].flatMap((day) => [
    { opens: `${day}T08:30:00+08:00`, closes: `${day}T12:00:00+08:00` },
    { opens: `${day}T14:30:00+08:00`, closes: `${day}T17:30:00+08:00` },
  ]),
})
const left = (now: string, due: string) => workingTimeLeft(hours, Date.parse(now), Date.parse(due))

describe('the working time that is left', () => {
  it('counts office hours alone', () =>
    expect(left('2026-02-12T11:00:00+08:00', '2026-02-12T17:30:00+08:00')).toEqual({ minutes: 240, days: 0 }))

  it('counts the working days after today up to the day when it is due', () =>
    expect(left('2026-02-12T16:40:00+08:00', '2026-02-24T17:30:00+08:00')).toEqual({ minutes: 50 + 3 * 390, days: 3 }))

  it('stands still while offices are closed', () => {
    const due = '2026-02-24T17:30:00+08:00'
    expect(left('2026-02-15T10:00:00+08:00', due)).toEqual(left('2026-02-20T10:00:00+08:00', due))
  })

  it('is unknown beyond the days that are known', () =>
    expect(left('2026-02-12T11:00:00+08:00', '2026-02-25T17:30:00+08:00')).toBeNull())
})
