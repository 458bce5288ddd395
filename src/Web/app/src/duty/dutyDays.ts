/** Groups turns of duty by the day on which they begin, in their order. */
export function byDay<T extends { begins: string }>(
  shifts: readonly T[],
  dayOf: (at: string) => string,
): [string, [T, ...T[]]][] {
  const days = new Map<string, [T, ...T[]]>()
  for (const one of shifts) {
    const day = dayOf(one.begins)
    const before = days.get(day)
    if (before) before.push(one)
    else days.set(day, [one])
  }
  return [...days]
}

/** The day so many days after another one; before it with a negative number. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
