import { describe, expect, it } from 'vitest'
import type { HouseholdItem, PlaceItem } from '@/http/apiTypes'
import { joined, spotsOf } from './householdSpots'

const household = (id: string, place: string | null): HouseholdItem => ({ id, place }) as HouseholdItem
const place = (id: string, position: PlaceItem['position'], ...path: string[]): PlaceItem =>
  ({ id, position, path: path.map((step) => ({ id: step })) }) as PlaceItem

describe('spots of households', () => {
  it('takes the position of the dwelling, else that of what it belongs to, the nearest first', () => {
    const [building, unit] = [
      { lon: 113, lat: 27 },
      { lon: 113.1, lat: 27 },
    ]
    const own = { lon: 113.2, lat: 27 }
    const places = [
      place('building', building),
      place('unit', unit, 'building'),
      place('other-unit', null, 'building'),
      place('a', own, 'building', 'unit'),
      place('b', null, 'building', 'unit'),
      place('c', null, 'building', 'other-unit'),
      place('d', null, 'building', 'other-unit'),
      place('e', null),
    ]
    const { spots, unplaced } = spotsOf(
      [...'abcde'].map((id) => household(`of-${id}`, id)).concat(household('nowhere', null), household('gone', 'x')),
      places,
    )

    expect(spots.map(({ at, households }) => [at, households.map(({ id }) => id)])).toEqual([
      [own, ['of-a']],
      [unit, ['of-b']],
      [building, ['of-c', 'of-d']],
    ])
    expect(unplaced.map(({ id }) => id)).toEqual(['of-e', 'nowhere', 'gone'])
  })

  it('joins what is too near to be tapped apart, and leaves the marks that it was given as they are', () => {
    const marks = [0, 10, 60].map((x) => ({ x, y: 0, households: [household(String(x), null)] }))

    expect(joined(marks, 24).map(({ x, households }) => [x, households.length])).toEqual([
      [0, 2],
      [60, 1],
    ])
    expect(marks[0]!.households).toHaveLength(1)
  })
})
