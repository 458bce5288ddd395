import type { Catalogue } from '@/http/apiTypes'

type Level = Catalogue['levels'][number]

/** The levels to which cases can climb, from the root down. A catalogue that a phone stored before there were ladders has none. */
export function levelsOfLadders(catalogue: Catalogue | null | undefined): Level[] {
  const steps = [
    catalogue?.ladder ?? [],
    ...(catalogue?.categories ?? []).map((category) => category.ladder ?? []),
  ].flat()
  const climbed = new Set(steps.map((step) => step.level))
  return (catalogue?.levels ?? []).filter((level) => climbed.has(level.id))
}
