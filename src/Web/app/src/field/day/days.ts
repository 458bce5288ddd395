const length = 86_400_000

/** 2026-11-25 for 2026-11-26: days of the calendar, whatever the zone. */
export const dayBefore = (day: string): string => moved(day, -1)
export const dayNext = (day: string): string => moved(day, 1)
const moved = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * length).toISOString().slice(0, 10)
