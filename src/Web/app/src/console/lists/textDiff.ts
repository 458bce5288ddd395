export interface DiffLine {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** More lines than these aren't compared one by one: a table that was replaced is shown as removed and added. */
const mostCompared = 2000

/** Two texts line by line: what was removed and added, each with a few lines around it; null stands for lines that are left out. */
export function textDiff(before: string, after: string, around = 2): (DiffLine | null)[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start++
  let [oldEnd, nowEnd] = [old.length, now.length]
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--
    nowEnd--
  }
  const all: DiffLine[] = [
    ...old.slice(0, start).map(same),
    ...middle(old.slice(start, oldEnd), now.slice(start, nowEnd)),
    ...old.slice(oldEnd).map(same),
  ]
  const shown = all.map((_, i) =>
    all.slice(Math.max(0, i - around), i + around + 1).some((line) => line.kind !== 'same'),
  )
  return all.flatMap((line, i) => (shown[i] ? [line] : shown[i - 1] ? [null] : []))
}

const same = (text: string): DiffLine => ({ kind: 'same', text })

/** The longest common subsequence. */
function middle(old: string[], now: string[]): DiffLine[] {
  const removed = old.map((text): DiffLine => ({ kind: 'removed', text }))
  const added = now.map((text): DiffLine => ({ kind: 'added', text }))
  if (old.length > mostCompared || now.length > mostCompared) return [...removed, ...added]
  const length = old.map(() => new Uint16Array(now.length + 1))
  length.push(new Uint16Array(now.length + 1))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      length[i]![j] = old[i] === now[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!)
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push(same(old[i++]!))
      j++
    } else if (j >= now.length || (i < old.length && length[i + 1]![j]! >= length[i]![j + 1]!))
      lines.push(removed[i++]!)
    else lines.push(added[j++]!)
  }
  return lines
}
