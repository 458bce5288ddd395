import { hourMinute, lasting, shortDay, type Translate } from '@/time/packTime'

const day = 24 * 60 * 60_000

/** The time that is left on the last day, before that the moment when it is due, and after it how late it is. */
export function dueWords(dueAt: string, now: number, t: Translate): string {
  const left = new Date(dueAt).getTime() - now
  if (left <= 0) return t('clock.late', { time: lasting(-left, t) })
  if (left < day) return t('clock.left', { time: lasting(left, t) })
  return t('clock.due', { time: `${shortDay(dueAt, now)} ${hourMinute(dueAt)}` })
}
