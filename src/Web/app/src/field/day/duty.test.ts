import { describe, expect, it } from 'vitest'
import type { CheckInKind } from '../outbox/dayItems'
import type { OutboxEntry } from '../outbox/outboxEntry'
import type { DayRecord } from './dayTypes'
import { dayOfWork, dutyOf, isSignInDue, linesOf, seenOn, sumsOf } from './duty'

const day = '2026-11-26'
const dayOf = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)
const at = (time: string) => `${day}T${time}:00+08:00`

const record = (id: string, kind: DayRecord['kind'], time: string, more: Partial<DayRecord> = {}): DayRecord => ({
  id,
  kind,
  at: at(time),
  receivedAt: at(time),
  grade: 'A',
  reasons: [],
  flags: [],
  ...more,
})
const waiting = (id: string, kind: CheckInKind, time: string, more: object = {}): OutboxEntry =>
  ({
    key: id,
    refusal: null,
    job: { kind: 'check-in', label: '', item: { id, kind, at: at(time), sequence: 1, ...more } },
  }) as unknown as OutboxEntry
const lines = (records: DayRecord[], entries: OutboxEntry[] = [], arrived: OutboxEntry[] = []) =>
  linesOf((moment) => dayOf(moment) === day, records, entries, arrived)

describe('a worker’s day', () => {
  it('puts what waits on the phone beside what the service has, in the order in which it happened', () => {
    const entries = [waiting('c', 'sign-out', '17:30'), waiting('b', 'check-in', '09:00')]
    const found = lines([record('a', 'sign-in', '08:00')], entries)
    expect(found.map(({ id, is }) => [id, is])).toEqual([
      ['a', 'taken'],
      ['b', 'waiting'],
      ['c', 'waiting'],
    ])
  })

  it('shows a record once when it has arrived, whichever way its id is written', () => {
    const found = lines([record('0a1b', 'sign-in', '08:00')], [waiting('0A-1B', 'sign-in', '08:00')])
    expect(found.map(({ is }) => is)).toEqual(['taken'])
  })

  it('waits for nothing that has left the queue, before the day is read again', () => {
    const found = lines([], [], [waiting('a', 'sign-in', '08:00')])
    expect(found.map(({ is }) => is)).toEqual(['taken'])
  })

  it('leaves out what belongs to another day', () => {
    const late = waiting('x', 'check-in', '09:00')
    Object.assign((late.job as { item: { at: string } }).item, { at: '2026-11-25T23:00:00+08:00' })
    expect(lines([], [late])).toEqual([])
  })

  it('goes back to the patrol after a pause', () => {
    const steps: [CheckInKind, string][] = [
      ['sign-in', '08:00'],
      ['patrol-start', '09:00'],
      ['pause', '09:30'],
      ['resume', '09:40'],
    ]
    const found = dutyOf(lines(steps.map(([kind, time], n) => record(`r${n}`, kind, time))))
    expect(found).toEqual({ state: 'patrol', since: Date.parse(at('09:40')), patrol: 'r1' })
  })

  it('ends a patrol with the day', () => {
    const found = dutyOf(lines([record('a', 'patrol-start', '09:00'), record('b', 'sign-out', '17:30')]))
    expect(found).toMatchObject({ state: 'off', patrol: null })
  })

  it('counts no step that was refused', () => {
    const refused = { ...waiting('a', 'sign-in', '08:00'), refusal: { status: 409, code: 'x', message: '不行' } }
    expect(dutyOf(lines([], [refused])).state).toBe('off')
  })

  it('keeps the last word about each line of the checklist', () => {
    const found = lines(
      [
        record('p', 'patrol-start', '09:00'),
        record('a', 'checkpoint', '09:10', { patrol: 'p', checkpoint: 'lamps', seen: 'ok' }),
      ],
      [waiting('b', 'checkpoint', '09:20', { patrol: 'p', checkpoint: 'lamps', seen: 'hazard' })],
    )
    expect(seenOn(found, 'p').get('lamps')).toMatchObject({ seen: 'hazard', is: 'waiting' })
    expect(sumsOf(found)).toMatchObject({ patrols: 1, hazards: 1, checkIns: 2 })
  })

  it('shows flags that are open, and none that was cleared', () => {
    const flags = [
      { flag: 'outside-area', detail: 320 },
      { flag: 'clock-off', clearedAt: at('10:00') },
    ]
    expect(lines([record('a', 'check-in', '09:00', { flags })])[0]!.flags.map(({ flag }) => flag)).toEqual([
      'outside-area',
    ])
  })

  it('keeps a night shift in the day in which it began', () => {
    const night = { day: '2026-11-25', state: 'on-duty' } as const
    expect(dayOfWork(night, day, 3)).toBe('2026-11-25')
    expect(dayOfWork(night, day, 12)).toBe(day)
    expect(dayOfWork({ ...night, state: 'off' }, day, 3)).toBe(day)
    expect(dayOfWork(null, day, 3)).toBe(day)
  })

  it('asks to sign in from an hour before the pack’s time on', () => {
    expect(isSignInDue('off', 6 * 60 + 59, '08:00')).toBe(false)
    expect(isSignInDue('off', 7 * 60, '08:00')).toBe(true)
    expect(isSignInDue('on-duty', 9 * 60, '08:00')).toBe(false)
    expect(isSignInDue('off', 9 * 60, null)).toBe(false)
  })
})
