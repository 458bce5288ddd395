/** Names of grids repeat the names above them: 吾田村 › 吾田村第一网格 reads 吾田村 › 第一网格. */
export function shortPath(names: string[]): string {
  return names
    .map((name, index) => {
      const above = names.slice(0, index).filter((other) => name.length > other.length && name.startsWith(other))
      const longest = above.reduce((most, other) => Math.max(most, other.length), 0)
      return name.slice(longest).trim()
    })
    .join(' › ')
}
