import { describe, expect, it } from 'vitest'
import type { PlaceItem, PlaceKind } from '@/http/apiTypes'
import { contentsOf, homesOf, inOrder, pathOf, unitsOf } from './places'

const place = (id: string, kind: PlaceKind, name: string, above: PlaceItem[] = []): PlaceItem => ({
  ...{ id, kind, name, area: 'C', areaName: '', type: null, state: 'in-use', address: null, position: null },
  ...{ households: 0, contents: 0, visitedAt: null, overdue: false, version: 1 },
  door: kind === 'dwelling' ? name.replace('室', '') : null,
  parent: above.at(-1)?.id ?? null,
  path: above.map((one) => ({ id: one.id, kind: one.kind, name: one.name })),
})
const building = place('b', 'building', '3栋')
const [second, tenth] = [place('u2', 'unit', '2单元', [building]), place('u10', 'unit', '10单元', [building])]
const doors = [
  place('d4', 'dwelling', '102室', [building, tenth]),
  place('d3', 'dwelling', '1101室', [building, second]),
  place('d2', 'dwelling', '302室', [building, second]),
  place('d1', 'dwelling', '301室', [building, second]),
]

describe('Places', () => {
  it('stand in the order of their numbers', () => {
    expect(inOrder(doors).map(pathOf)).toEqual([
      '3栋 2单元 301室',
      '3栋 2单元 302室',
      '3栋 2单元 1101室',
      '3栋 10单元 102室',
    ])
  })
  it('are doors by unit and floor, the highest first', () => {
    const units = unitsOf(building, [tenth, second, ...doors])
    expect(units.map(({ name, floors }) => [name, floors.map(({ floor }) => floor)])).toEqual([
      ['2单元', ['11', '3']],
      ['10单元', ['1']],
    ])
    expect(units[0]!.floors[1]!.doors.map(({ id }) => id)).toEqual(['d1', 'd2'])
  })
  it('are where a household can live: doors by building, undivided buildings, and houses by themselves', () => {
    const whole = { ...place('w', 'building', '5栋'), address: '解放路5栋' }
    const house = { ...place('h', 'dwelling', '7号'), address: '村口' }
    const school = place('s', 'key-place', '小学')
    const homes = homesOf([{ ...building, contents: 6 }, second, tenth, ...doors, whole, house, school])
    expect(homes.map(({ id, name, doors: those }) => [id, name, those.map(({ label }) => label)])).toEqual([
      ['b', '3栋', ['2单元 301室', '2单元 302室', '2单元 1101室', '10单元 102室']],
      ['w', '解放路5栋', ['5栋']],
      ['h', '村口 7号', ['7号']],
    ])
  })
  it('belong to a building at any depth', () => {
    expect(contentsOf(building, [building, second, ...doors])).toHaveLength(5)
  })
})
