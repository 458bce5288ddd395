import Pinyin from 'pinyin-match'
import type { HouseholdItem, OtherResident } from '@/http/apiTypes'

const squeezed = (text: string | null): string => (text ?? '').normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')

/**
 * Whether a household is what was typed: part of a name, its pinyin or the initials of it, the last digits of a phone, a door, part of
 * an address. Every part between spaces must be found. Names and phones are those of anybody who lives there.
 */
export const isFound = (one: HouseholdItem, typed: string, others: OtherResident[] = []): boolean =>
  partsOf(typed).every((part) => hasPart(one, part) || others.some((other) => isPerson(other, part)))

/** Who lives there beside the head and is meant by what was typed, so that a list can say why it shows the household. */
export const foundAmong = (
  one: HouseholdItem,
  typed: string,
  others: OtherResident[] = [],
): OtherResident | undefined =>
  partsOf(typed)
    .filter((part) => !hasPart(one, part))
    .map((part) => others.find((other) => isPerson(other, part)))
    .find(Boolean)

const partsOf = (typed: string): string[] => typed.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)

function hasPart({ address, door, number, phone, head }: HouseholdItem, part: string): boolean {
  if ([address, door, number].some((text) => squeezed(text).includes(part))) return true
  return isPerson({ name: head?.name ?? null, phone }, part)
}

function isPerson({ name, phone }: { name: string | null; phone: string | null }, part: string): boolean {
  if (/^\d{4,}$/.test(part)) return phone !== null && (phone.endsWith(part) || phone.startsWith(part))
  return Boolean(name && Pinyin.match(name, part))
}

export interface Building {
  name: string
  households: HouseholdItem[]
}

/** How addresses name what a worker walks along: a building, an estate, a village group, a road, a hamlet, a village. */
const walks = [
  /^.*?(?:栋|幢|座|号楼)/,
  /^.*?(?:号院|弄|小区|公寓|大厦)/,
  /^.*?(?:组|屋场)/,
  /^.*?(?:路|街(?!道)|巷|(?<!街)道)/,
  /^.*?(?:湾|冲|村|社区)/,
]

/** The building that an address is in, or else the next larger thing that it names. */
export function buildingOf(address: string): string {
  for (const walk of walks) {
    const found = walk.exec(address)
    if (found) return found[0]
  }
  return address
}

const natural = new Intl.Collator('zh-Hans-CN', { numeric: true })

/** The households by building, buildings and doors in the order of their numbers. */
export function byBuilding(households: HouseholdItem[]): Building[] {
  const buildings = new Map<string, HouseholdItem[]>()
  for (const one of households) {
    const name = buildingOf(one.address ?? '')
    const those = buildings.get(name)
    if (those) those.push(one)
    else buildings.set(name, [one])
  }
  return [...buildings]
    .map(([name, those]) => ({ name, households: those.sort(byDoor) }))
    .sort((a, b) => natural.compare(a.name, b.name))
}

const compare = (a: string | null, b: string | null): number => natural.compare(a ?? '', b ?? '')
const byDoor = (a: HouseholdItem, b: HouseholdItem): number =>
  compare(a.address, b.address) || compare(a.door, b.door) || compare(a.number, b.number)

/** What is left of an address below the heading of its building. */
export const below = (address: string, building: string): string =>
  address.startsWith(building) ? address.slice(building.length).trim() : address
