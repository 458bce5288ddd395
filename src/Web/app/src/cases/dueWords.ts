import { workingTimeLeft, type OfficeHours } from '@/time/officeHours'
import { hourMinute, hoursMinutes, lasting, shortDay, type Translate } from '@/time/packTime'

const day = 24 * 60 * 60_000

export interface Due {
  dueAt: string
  /** As the catalogue writes it: `30m`, `24h`, `4wh`, `7wd`. */
  term: string | null
}

/**
 * What is left until something is due: working days or office hours where the term counts them, time otherwise. Afterwards, how late it is. The
 * moment itself where the office hours until then aren't known.
 */
export function dueWords({ dueAt, term }: Due, now: number, hours: OfficeHours | null, t: Translate): string {
  const due = Date.parse(dueAt)
  if (due <= now) return t('clock.late', { time: lasting(now - due, t) })
  const unit = /[a-z]+$/.exec(term ?? '')?.[0]
  if (unit !== 'wh' && unit !== 'wd') {
    const left = due - now
    return t('clock.left', { time: left < day ? hoursMinutes(Math.floor(left / 60_000), t) : lasting(left, t) })
  }
  const working = hours && workingTimeLeft(hours, now, due)
  if (!working) return t('clock.due', { time: moment(dueAt, now) })
  if (unit === 'wd' && working.days > 0) return t('clock.left', { time: t('time.workingDays', { n: working.days }) })
  return t('clock.leftWorking', { time: hoursMinutes(working.minutes, t) })
}

const moment = (dueAt: string, now: number): string => `${shortDay(dueAt, now)} ${hourMinute(dueAt)}`

/** The moment itself, to stand beside the words; nothing where they say it already. */
export function dueMoment(dueAt: string, words: string, now: number): string {
  const said = moment(dueAt, now)
  return words.includes(said) ? '' : said
}
