import type { Category } from '@/http/apiTypes'

const most = 8
const mostRecent = 5

/** What is near at hand: what I used last, then what is reported most around here, then the catalogue's own order. */
export function nearAtHand(categories: Category[], recent: string[], frequent: string[]): Category[] {
  const byCode = new Map(categories.map((category) => [category.code, category]))
  const codes = new Set([...recent.slice(0, mostRecent), ...frequent, ...byCode.keys()])
  return [...codes].flatMap((code) => byCode.get(code) ?? []).slice(0, most)
}

/** Used just now, so it stands first next time. */
export const usedLast = (code: string, recent: string[]): string[] =>
  [code, ...recent.filter((other) => other !== code)].slice(0, 12)

/** The categories that fit what was typed, by class in the pack's order; names that begin with it stand first. */
export function find(categories: Category[], words: string): { name: string; categories: Category[] }[] {
  const wanted = words.trim().toLowerCase()
  const classes = new Map<string, Category[]>()
  for (const category of categories) {
    const text = `${category.name} ${category.nameEn} ${category.class} ${category.code}`.toLowerCase()
    if (!text.includes(wanted)) continue
    classes.set(category.class, [...(classes.get(category.class) ?? []), category])
  }
  const begins = ({ name, nameEn }: Category) =>
    name.toLowerCase().startsWith(wanted) || nameEn.toLowerCase().startsWith(wanted) ? 0 : 1
  return [...classes]
    .map(([name, members]) => ({ name, categories: members.sort((a, b) => begins(a) - begins(b)) }))
    .sort((a, b) => begins(a.categories[0]!) - begins(b.categories[0]!))
}
