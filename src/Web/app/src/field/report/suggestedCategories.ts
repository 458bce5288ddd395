import { findCategories, type CategoryClass } from '@/cases/categories'
import type { Category } from '@/http/apiTypes'

const maxSuggested = 8
const maxRecent = 5
const maxRemembered = 12

/** The categories to offer first: those used last, then those that are reported most around here, then the catalogue's own order. */
export function suggestCategories(categories: Category[], recent: string[], frequent: string[]): Category[] {
  const byCode = new Map(categories.map((category) => [category.code, category]))
  const codes = new Set([...recent.slice(0, maxRecent), ...frequent, ...byCode.keys()])
  return [...codes].flatMap((code) => byCode.get(code) ?? []).slice(0, maxSuggested)
}

/** The codes used last, with the one that was just used in front. */
export const usedLast = (code: string, recent: string[]): string[] =>
  [code, ...recent.filter((other) => other !== code)].slice(0, maxRemembered)

/** The categories that contain what was typed; names that begin with it stand first. */
export function find(categories: Category[], typed: string): CategoryClass[] {
  const wanted = typed.trim().toLowerCase()
  const begins = ({ name, nameEn }: Category) =>
    name.toLowerCase().startsWith(wanted) || nameEn.toLowerCase().startsWith(wanted) ? 0 : 1
  return findCategories(categories, typed)
    .map((group) => ({ ...group, categories: group.categories.sort((a, b) => begins(a) - begins(b)) }))
    .sort((a, b) => begins(a.categories[0]!) - begins(b.categories[0]!))
}
