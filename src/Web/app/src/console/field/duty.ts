import type { Tone } from '@/cases/statusTone'
import type { DutyState, FieldFlag, Grade, OnDuty, VisitFigures } from '@/http/workerDayApi'
import type { Translate } from '@/time/packTime'

/** After so many hours without a sign a head looks after somebody who works alone. */
export const silentHours = 2

export const stateTones: Record<DutyState, Tone> = {
  'on-duty': 'claimed',
  patrol: 'unclaimed',
  visit: 'unclaimed',
  paused: 'neutral',
  off: 'neutral',
}
export const gradeTones: Record<Grade, Tone> = { A: 'done', B: 'neutral', C: 'soon' }

export const isSilent = ({ state, hoursSilent }: OnDuty): boolean =>
  state !== 'off' && state !== 'paused' && hoursSilent >= silentHours

/** Whom somebody must look after comes first: silent the longest, then doubted, then by grid. */
export function byConcern(a: OnDuty, b: OnDuty): number {
  const silence = (one: OnDuty): number => (isSilent(one) ? one.hoursSilent : 0)
  return (
    silence(b) - silence(a) ||
    b.openFlags - a.openFlags ||
    a.area.localeCompare(b.area) ||
    a.person.localeCompare(b.person)
  )
}

/** The doubts that come with a number: metres, km/h, minutes, times, people. */
const measured = ['outside-area', 'impossible-speed', 'same-coordinates', 'clock-off', 'shared-device']

/** What a doubt says, with its number where it has one. */
export function flagWords({ flag, detail }: Pick<FieldFlag, 'flag' | 'detail'>, t: Translate): string {
  const known = t(`oversee.flags.${flag}`, {})
  return detail === null || !measured.includes(flag)
    ? known
    : `${known} · ${t(`oversee.flagDetails.${flag}`, { n: detail })}`
}

/** Done of what must be visited, in percent; null when nothing must be. */
export function coverageOf({ due, done }: VisitFigures): number | null {
  return due + done === 0 ? null : Math.floor((100 * done) / (due + done))
}

/** A day before or after another one. */
export const dayShifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

export const dayAddress = (person: string, day: string): string => `/console/field/${encodeURIComponent(person)}/${day}`

/** So long without a record on duty is marked, in minutes. */
export const isLongSilence = (minutes: number): boolean => minutes >= silentHours * 60

/** A number of minutes as hours and minutes. */
export function minutesWords(minutes: number, t: Translate): string {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  return h === 0 ? t('oversee.minutes', { m }) : t(m === 0 ? 'oversee.hours' : 'oversee.hoursMinutes', { h, m })
}
