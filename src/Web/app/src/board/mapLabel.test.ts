import { describe, expect, it } from 'vitest'
import type { Shape } from '@/areas/areaShapes'
import { mapLabel, textWidth } from './mapLabel'

const shape = (width: number, height: number): Shape => ({ code: 'a', path: '', x: 500, y: 300, width, height })
const texts = { name: '来龙门街道', number: '12', overdue: '超时 3' }

describe('the label of an area on the map', () => {
  it('has all its texts in their full size in a large shape', () => {
    const label = mapLabel(shape(400, 300), texts, 1)
    expect([label.numberSize, label.nameSize]).toEqual([42, 21])
    expect(label.overdueSize).toBeGreaterThan(15)
    expect(label.bar).toBe(false)
  })

  it('stands as one block around the middle of the shape, from name to overdue mark', () => {
    const { nameY, nameSize, numberY, overdueY, overdueSize } = mapLabel(shape(400, 300), texts, 1)
    expect(nameY).toBeLessThan(numberY)
    expect(numberY).toBeLessThan(overdueY)
    const [top, bottom] = [nameY - nameSize * 0.9, overdueY + overdueSize * 1.2]
    expect((top + bottom) / 2).toBeCloseTo(300)
  })

  it('has a bar in place of the overdue text when the shape is low', () => {
    const label = mapLabel(shape(400, 70), texts, 1)
    expect(label.nameSize).toBeGreaterThan(0)
    expect([label.overdueSize, label.bar]).toEqual([0, true])
  })

  it('has a number and a bar alone when the name does not fit', () => {
    const label = mapLabel(shape(40, 70), texts, 1)
    expect([label.nameSize, label.overdueSize, label.bar]).toEqual([0, 0, true])
    expect(label.numberSize).toBeLessThan(42)
  })

  it('keeps the number readable in the smallest shape', () => {
    expect(mapLabel(shape(2, 2), texts, 1).numberSize).toBe(14)
  })

  it('has no bar when nothing is overdue', () => {
    expect(mapLabel(shape(40, 70), { ...texts, overdue: '' }, 1).bar).toBe(false)
  })

  it('grows with the wall', () => {
    expect(mapLabel(shape(800, 600), texts, 2).numberSize).toBe(84)
  })
})

it('a Chinese character is wider than a Latin letter', () => {
  expect(textWidth('网格')).toBe(2)
  expect(textWidth('ab')).toBeCloseTo(1.2)
})
