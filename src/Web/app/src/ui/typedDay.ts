const forms = [/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/, /^(\d{4})(\d{2})(\d{2})$/]
const withoutYear = /^(\d{1,2})[-/.月](\d{1,2})日?$/

/** The day that was typed, as 2026-11-25. A day without a year is of this year. Null when it is no day of the calendar. */
export function typedDay(text: string, today: string): string | null {
  const typed = text.normalize('NFKC').replaceAll(/\s/g, '')
  const short = withoutYear.exec(typed)
  const full = forms.map((form) => form.exec(typed)).find((found) => found !== null)
  const [, year, month, day] = full ?? (short ? ['', today.slice(0, 4), short[1], short[2]] : [])
  if (!year || !month || !day) return null
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null
}
