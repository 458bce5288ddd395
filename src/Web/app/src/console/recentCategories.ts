const name = 'gridactors.recentCategories'
const maxRecent = 6

export function recentCategories(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]')
    return Array.isArray(kept) ? kept.filter((code) => typeof code === 'string') : []
  } catch {
    return []
  }
}

export function rememberCategory(code: string): void {
  const codes = [code, ...recentCategories().filter((other) => other !== code)].slice(0, maxRecent)
  localStorage.setItem(name, JSON.stringify(codes))
}
