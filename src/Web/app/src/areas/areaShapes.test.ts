import { describe, expect, it } from 'vitest'
import type { AreaFeature, Ring } from '@/http/apiTypes'
import { drawPlaces, placeChildren } from './areaShapes'

const square = (west: number, south: number, size = 1): Ring => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]

const feature = (code: string, ring: Ring): AreaFeature => ({
  type: 'Feature',
  properties: { code, name: code },
  geometry: { type: 'Polygon', coordinates: [ring] },
})

const codes = (n: number) => Array.from({ length: n }, (_, i) => `a${i}`)

describe('placing children without boundaries', () => {
  it('gives each a tile within the box, and no two overlap', () => {
    for (const n of [1, 2, 5, 11, 24, 42]) {
      const shapes = placeChildren(codes(n), [], 1000, 600)
      expect(shapes).toHaveLength(n)
      const covered = shapes.reduce((sum, shape) => sum + shape.width * shape.height, 0)
      expect(covered).toBeLessThanOrEqual(600_000)
      expect(covered).toBeGreaterThan(450_000)
      for (const shape of shapes) {
        expect(shape.x - shape.width / 2).toBeGreaterThanOrEqual(-0.01)
        expect(shape.x + shape.width / 2).toBeLessThanOrEqual(1000.01)
        expect(shape.y + shape.height / 2).toBeLessThanOrEqual(600.01)
      }
    }
  })

  it('draws nothing in no room', () => expect(placeChildren(codes(3), [], 0, 0)).toEqual([]))
})

describe('placing children with boundaries', () => {
  it('keeps north up and west left', () => {
    const map = [feature('a0', square(113, 27)), feature('a1', square(114, 28))]
    const [south, north] = placeChildren(codes(2), map, 800, 600)
    expect(north!.y).toBeLessThan(south!.y)
    expect(north!.x).toBeGreaterThan(south!.x)
  })

  it('puts the label inside a shape whose middle lies outside', () => {
    const bracket: Ring = [
      [0, 0],
      [10, 0],
      [10, 2],
      [2, 2],
      [2, 8],
      [10, 8],
      [10, 10],
      [0, 10],
      [0, 0],
    ]
    const [shape] = placeChildren(['a0'], [feature('a0', bracket)], 500, 500)
    expect(shape!.height).toBeGreaterThan(50)
    const deepInTheSpine = shape!.x < 110
    const inAnArm = shape!.y < 110 || shape!.y > 390
    expect(deepInTheSpine || inAnArm).toBe(true)
  })

  it('shows a child without a boundary as a tile beneath', () => {
    const shapes = placeChildren(codes(3), [feature('a0', square(113, 27)), feature('a1', square(114, 27))], 800, 600)
    expect(shapes.map((shape) => shape.code)).toEqual(['a0', 'a1', 'a2'])
    expect(shapes[2]!.y).toBeGreaterThan(shapes[0]!.y)
  })

  it('puts the label of a long shape in its middle', () => {
    const [shape] = placeChildren(
      ['a0'],
      [
        feature('a0', [
          [0, 0],
          [10, 0],
          [10, 2],
          [0, 2],
          [0, 0],
        ]),
      ],
      1000,
      300,
    )
    expect(shape!.x).toBeCloseTo(500, 0)
    expect(shape!.y).toBeCloseTo(150, 0)
  })

  it('stretches a schematic map only', () => {
    const wide = (stretch: boolean) =>
      placeChildren(['a0'], [feature('a0', square(113, 27))], 1000, 500, stretch)[0]!.width
    expect(wide(false)).toBeLessThan(500)
    expect(wide(true)).toBeGreaterThan(900)
  })

  it('leaves out shapes of areas it is not asked for', () => {
    expect(placeChildren(['a0'], [feature('a0', square(0, 0)), feature('x', square(1, 0))], 100, 100)).toHaveLength(1)
  })
})

describe('a small map', () => {
  it('converts a position to a point and back', () => {
    const map = drawPlaces([feature('a0', square(113, 27)), feature('a1', square(114, 27))], 560, 260)
    const [x, y] = map.point(113.7, 27.2)
    const [lon, lat] = map.place(x, y)
    expect(lon).toBeCloseTo(113.7, 9)
    expect(lat).toBeCloseTo(27.2, 9)
    expect(map.shapes.map((shape) => shape.code)).toEqual(['a0', 'a1'])
  })
})
