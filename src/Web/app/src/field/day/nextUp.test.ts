import { describe, expect, it } from 'vitest'
import type { Appointment } from '@/http/apiTypes'
import { nearness, nextOf, ofDay, openServices } from './nextUp'

const one = (id: string, from: string, state: Appointment['state'] = 'agreed', more: Partial<Appointment> = {}) =>
  ({
    id,
    state,
    from: `2026-11-${from}:00+08:00`,
    until: `2026-11-${from.slice(0, 3)}${String(Number(from.slice(3, 5)) + 1).padStart(2, '0')}:00:00+08:00`,
    serviceOpen: false,
    ...more,
  }) as Appointment
const now = Date.parse('2026-11-26T10:30:00+08:00')
const dayOf = (at: string) => at.slice(0, 10)

describe('what comes next', () => {
  it('lists a day, those to come first', () => {
    const all = [
      one('a', '26T14:00'),
      one('b', '26T09:00', 'done'),
      one('c', '27T09:00'),
      one('d', '26T08:00', 'cancelled'),
    ]
    expect(ofDay(all, '2026-11-26', dayOf).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('names the one whose time has come, or the one that is late when none is to come', () => {
    expect(nextOf([one('a', '26T14:00'), one('b', '26T10:00')], now)?.id).toBe('b')
    expect(nextOf([one('a', '26T08:00')], now)?.id).toBe('a')
    expect(nextOf([one('a', '26T14:00', 'done')], now)).toBeNull()
  })

  it('says how near it is', () => {
    expect(
      [one('a', '26T10:00'), one('a', '26T11:00'), one('a', '26T14:00'), one('a', '26T08:00')].map((a) =>
        nearness(a, now),
      ),
    ).toEqual(['now', 'soon', 'later', 'late'])
  })

  it('keeps services in sight whose visit is over', () => {
    const all = [
      one('a', '20T09:00', 'done', { serviceOpen: true }),
      one('b', '26T14:00', 'agreed', { serviceOpen: true }),
    ]
    expect(openServices(all).map(({ id }) => id)).toEqual(['a'])
  })
})
