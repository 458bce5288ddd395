import type { Catalogue, Category } from '@/http/apiTypes'

export interface CategoryClass {
  name: string
  nameEn: string
  categories: Category[]
}

/** The categories that contain what was typed, by class in the pack's order. */
export function findCategories(categories: Category[], typed: string): CategoryClass[] {
  const wanted = typed.trim().toLowerCase()
  const classes = new Map<string, Category[]>()
  for (const category of categories) {
    const text =
      `${category.name} ${category.nameEn} ${category.class} ${category.classEn} ${category.code}`.toLowerCase()
    if (!text.includes(wanted)) continue
    classes.set(category.class, [...(classes.get(category.class) ?? []), category])
  }
  return [...classes].map(([name, members]) => ({ name, nameEn: members[0]?.classEn ?? '', categories: members }))
}

export const categoryOf = (catalogue: Catalogue | null | undefined, code: string): Category | undefined =>
  catalogue?.categories.find((one) => one.code === code)
