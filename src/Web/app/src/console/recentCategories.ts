import type { Category } from '@/http/apiTypes'

const name = 'gridactors.recentCategories'
const most = 6

export function recentCategories(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]')
    return Array.isArray(kept) ? kept.filter((code) => typeof code === 'string') : []
  } catch {
    return []
  }
}

export function rememberCategory(code: string): void {
  const codes = [code, ...recentCategories().filter((other) => other !== code)].slice(0, most)
  localStorage.setItem(name, JSON.stringify(codes))
}

/** The categories that fit what was typed, by class in the pack's order. */
export function byClass(categories: Category[], words: string): { name: string; categories: Category[] }[] {
  const wanted = words.trim().toLowerCase()
  const classes = new Map<string, Category[]>()
  for (const category of categories) {
    const text = `${category.name} ${category.nameEn} ${category.class} ${category.code}`.toLowerCase()
    if (!text.includes(wanted)) continue
    classes.set(category.class, [...(classes.get(category.class) ?? []), category])
  }
  return [...classes].map(([group, members]) => ({ name: group, categories: members }))
}
