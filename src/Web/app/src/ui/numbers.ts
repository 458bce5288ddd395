const grouped = new Intl.NumberFormat('en-US')

/** 12,345: grouped by thousands, in both languages. */
export const count = (value: number): string => grouped.format(value)

/** A share in percent with one decimal; nothing of nothing is a dash, not 0 or 100. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return '–'
  // Rounded down: 99.96 % isn't all of it.
  return (Math.floor((part / whole) * 1000) / 10).toFixed(1)
}
