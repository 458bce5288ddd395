/** A name without the parts that repeat the names above it: 吾田村第一网格 within 吾田村 is 第一网格. */
export function shortName(name: string, above: string[]): string {
  const said = above.filter((other) => name.length > other.length && name.startsWith(other))
  const longest = said.reduce((most, other) => Math.max(most, other.length), 0)
  return name.slice(longest).trim()
}

/** The names of a path from the top down, without repeated parts. */
export const shortPath = (names: string[]): string =>
  names.map((name, index) => shortName(name, names.slice(0, index))).join(' › ')
