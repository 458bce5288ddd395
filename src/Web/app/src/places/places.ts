import type { PlaceItem } from '@/http/apiTypes'

const natural = new Intl.Collator('zh-Hans-CN', { numeric: true })

export const nameOf = (place: PlaceItem): string => place.name ?? place.door ?? ''

/** A place with what it belongs to: 3栋 1单元 301室. */
export const pathOf = (place: PlaceItem): string =>
  [...place.path.map(({ name }) => name), nameOf(place)].filter(Boolean).join(' ')

/** In the order of their numbers: 1-2-301 stands before 1-10-102. */
export const inOrder = (places: readonly PlaceItem[]): PlaceItem[] =>
  [...places].sort((a, b) => natural.compare(pathOf(a), pathOf(b)))

/** A building with the doors in which somebody can live, or a house that stands by itself. */
export interface Home {
  id: string
  name: string
  doors: { id: string; label: string }[]
}

/** Its address and its name, which the address may end with. */
function titleOf(place: PlaceItem): string {
  const [address, name] = [place.address ?? '', nameOf(place)]
  return address.endsWith(name) ? address : [address, name].filter(Boolean).join(' ')
}

/** Where a household can live: the doors of buildings, buildings that nobody has divided, and houses that stand by themselves. */
export function homesOf(places: readonly PlaceItem[]): Home[] {
  const known = new Map(places.map((place) => [place.id, place]))
  const homes = new Map<string, Home>()
  for (const place of inOrder(places)) {
    if (place.kind !== 'dwelling' && (place.kind !== 'building' || place.contents > 0)) continue
    const [above, ...between] = place.path
    const building = (above && known.get(above.id)) ?? place
    const id = above?.id ?? place.id
    const door = { id: place.id, label: [...between.map(({ name }) => name), nameOf(place)].filter(Boolean).join(' ') }
    const home = homes.get(id)
    if (home) home.doors.push(door)
    else homes.set(id, { id, name: titleOf(building), doors: [door] })
  }
  return [...homes.values()]
}

export interface Floor {
  /** What the doors of a floor have in common; null where doors aren't numbered by floors. */
  floor: string | null
  doors: PlaceItem[]
}

export interface UnitOfDoors {
  id: string
  name: string
  floors: Floor[]
}

/** 301 and 1502 are on the floors 3 and 15. */
const floorOf = ({ door, name }: PlaceItem): string | null =>
  /^(\d{1,2})\d{2}\D*$/.exec(door ?? name ?? '')?.[1] ?? null

/** The doors of a building, by unit and floor, the highest floor first as one sees it from the street. */
export function unitsOf(building: PlaceItem, contents: readonly PlaceItem[]): UnitOfDoors[] {
  const units = inOrder(contents.filter(({ kind, parent }) => kind === 'unit' && parent === building.id))
  return [building, ...units].flatMap((unit) => {
    const doors = inOrder(contents.filter(({ kind, parent }) => kind === 'dwelling' && parent === unit.id))
    if (doors.length === 0) return []
    return [{ id: unit.id, name: unit === building ? '' : nameOf(unit), floors: floorsOf(doors) }]
  })
}

function floorsOf(doors: PlaceItem[]): Floor[] {
  const floors = new Map<string | null, PlaceItem[]>()
  for (const door of doors) {
    const floor = floorOf(door)
    const those = floors.get(floor)
    if (those) those.push(door)
    else floors.set(floor, [door])
  }
  return [...floors]
    .map(([floor, those]) => ({ floor, doors: those }))
    .sort((a, b) => Number(b.floor ?? -1) - Number(a.floor ?? -1))
}

/** Everything that belongs to a place, at any depth. */
export function contentsOf(place: PlaceItem, all: readonly PlaceItem[]): PlaceItem[] {
  return all.filter(({ path }) => path.some(({ id }) => id === place.id))
}
