type Translate = (key: string, values: Record<string, unknown>) => string

const units: Record<string, string> = { m: 'minutes', h: 'hours', wd: 'workingDays', d: 'days' }

/** A limit of the catalogue in words: `30m`, `24h`, `3wd`. */
export function limitWords(limit: string, t: Translate): string {
  const [, n, unit] = /^(\d+)(wd|m|h|d)$/.exec(limit) ?? []
  const word = unit && units[unit]
  return n && word ? t(`field.case.${word}`, { n: Number(n) }) : limit
}
