import { language } from '@/ui/language'
import { serviceNow } from './serviceTime'

/** The time zone of the pack, set after signing in. All offices of a pack use it, whatever the browser's own zone is. */
let zone = 'Asia/Shanghai'

export function setTimeZone(name: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    zone = name
  } catch {
    // The browser doesn't know this zone. The page then uses the default.
  }
}

export type Instant = string | number | Date

interface Parts {
  year: string
  month: string
  day: string
  hour: string
  minute: string
  second: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

function partsOf(at: Instant): Parts {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  const found = format.formatToParts(new Date(at)).map(({ type, value }) => [type, value])
  return Object.fromEntries(found) as Parts
}

/** 2026-11-22 */
export function dayOf(at: Instant): string {
  const { year, month, day } = partsOf(at)
  return `${year}-${month}-${day}`
}

/** 11-22, or 2025-11-22 when it isn't of this year. */
export function shortDay(at: Instant, now: Instant = serviceNow()): string {
  const day = dayOf(at)
  return day.slice(0, 4) === dayOf(now).slice(0, 4) ? day.slice(5) : day
}

/** 09:41 */
export function hourMinute(at: Instant): string {
  const { hour, minute } = partsOf(at)
  return `${hour}:${minute}`
}

/** 09:41:07 */
export function clock(at: Instant): string {
  return `${hourMinute(at)}:${partsOf(at).second}`
}

/** 2026-11-22 09:41:07 */
export function exact(at: Instant): string {
  return `${dayOf(at)} ${clock(at)}`
}

export function weekday(at: Instant, width: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(language.value, { timeZone: zone, weekday: width }).format(new Date(at))
}

/** The instant at which an hour of a day begins in the pack's zone, as RFC 3339 with offset. */
export function startOf(day: string, hour = 0): string {
  const guess = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)
  const shown = partsOf(guess)
  const there = Date.UTC(+shown.year, +shown.month - 1, +shown.day, +shown.hour, +shown.minute)
  const offset = Math.round((there - guess) / 60_000)
  const sign = offset < 0 ? '-' : '+'
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return `${day}T${two(hour)}:00:00${sign}${two(hours)}:${two(minutes)}`
}

/** The calendar's next day: 2026-12-01 after 2026-11-30. */
export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

export type Translate = (key: string, values: Record<string, unknown>) => string

/** How long ago, in words. Show the exact time on hover. */
export function relative(at: Instant, now: number, t: Translate): string {
  const then = new Date(at).getTime()
  const minutes = Math.floor((now - then) / 60_000)
  if (minutes < 1) return t('time.justNow', {})
  if (minutes < 60) return t('time.minutesAgo', { n: minutes })
  const today = dayOf(now)
  if (dayOf(then) === today) return t('time.hoursAgo', { n: Math.floor(minutes / 60) })
  const { year, month, day } = partsOf(then)
  if (dayOf(now - 86_400_000) === dayOf(then)) return t('time.yesterday', { time: hourMinute(then) })
  const date = `${month}-${day}`
  return today.startsWith(year) ? `${date} ${hourMinute(then)}` : `${year}-${date}`
}

/** Hours and minutes, however many hours there are: 3 小时 20 分. */
export function hoursMinutes(minutes: number, t: Translate): string {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60]
  if (h === 0) return t('time.minutes', { n: m })
  return m === 0 ? t('time.hours', { n: h }) : t('time.hoursMinutes', { h, m })
}

/** A length of time in its two largest words at most: 2 天 3 小时. */
export function lasting(milliseconds: number, t: Translate): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  if (minutes < 60) return t('time.minutes', { n: minutes })
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return t('time.hours', { n: hours })
  const days = Math.floor(hours / 24)
  const rest = hours % 24
  return days < 7 && rest > 0
    ? `${t('time.days', { n: days })} ${t('time.hours', { n: rest })}`
    : t('time.days', { n: days })
}
