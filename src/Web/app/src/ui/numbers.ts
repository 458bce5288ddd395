const grouped = new Intl.NumberFormat('en-US')

/** 12,345: grouped by thousands, in both languages. */
export const count = (value: number): string => grouped.format(value)

/** A share in percent with one decimal. A share of nothing is a dash, neither 0 nor 100. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return '–'
  // Rounded down, so that 99.96 % isn't shown as 100 %.
  return (Math.floor((part / whole) * 1000) / 10).toFixed(1)
}
