import type { AreaBurden } from './scoreApi'

export const perDayNames = ['checkIns', 'checkpoints', 'visits', 'reports'] as const
export const perMonthNames = ['tasks', 'notices', 'minutes'] as const

/** What one worker notes on a day on which they note something; null when nobody did. */
export const perDay = (area: AreaBurden, name: (typeof perDayNames)[number]): number | null =>
  area.days === 0 ? null : area[name] / area.days

/** What each worker was sent; null when nobody noted anything. */
export const perMonth = (area: AreaBurden, name: (typeof perMonthNames)[number]): number | null =>
  area.workers === 0 ? null : area[name] / area.workers

/** With one decimal, as burdens are compared. */
export const tenth = (value: number | null): string => (value === null ? '–' : String(Math.round(value * 10) / 10))
