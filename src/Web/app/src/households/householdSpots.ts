import type { HouseholdItem, PlaceItem, Position } from '@/http/apiTypes'

/** Households that live in one place of a map. */
export interface Spot {
  at: Position
  households: HouseholdItem[]
}

/**
 * Where households live: in their dwelling's place, or that of the unit or building it belongs to. Those of one building are one spot.
 * `unplaced` are those of which nobody has entered a place or its position.
 */
export function spotsOf(
  households: HouseholdItem[],
  places: PlaceItem[],
): { spots: Spot[]; unplaced: HouseholdItem[] } {
  const known = new Map(places.map((place) => [place.id, place]))
  const spots = new Map<string, Spot>()
  const unplaced: HouseholdItem[] = []
  for (const one of households) {
    const at = positionOf(one.place, known)
    if (!at) {
      unplaced.push(one)
      continue
    }
    const key = `${at.lon},${at.lat}`
    const spot = spots.get(key)
    if (spot) spot.households.push(one)
    else spots.set(key, { at, households: [one] })
  }
  return { spots: [...spots.values()], unplaced }
}

function positionOf(id: string | null, known: Map<string, PlaceItem>): Position | null {
  const place = id === null ? undefined : known.get(id)
  if (!place) return null
  const above = [...place.path].reverse().map((step) => known.get(step.id))
  return [place, ...above].find((one) => one?.position)?.position ?? null
}

export interface Mark {
  x: number
  y: number
  households: HouseholdItem[]
}

/** Joins marks that a finger couldn't tell apart: each to the first that is nearer than `apart`. */
export function joined(marks: Mark[], apart: number): Mark[] {
  const groups: Mark[] = []
  for (const mark of marks) {
    const near = groups.find(({ x, y }) => Math.hypot(x - mark.x, y - mark.y) < apart)
    if (near) near.households = [...near.households, ...mark.households]
    else groups.push({ ...mark })
  }
  return groups
}
