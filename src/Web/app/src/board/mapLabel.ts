import type { Shape } from '@/areas/areaShapes'

const smallestName = 10.5
const smallestNumber = 14

/** The texts of one area on the map. `overdue` is empty when nothing is overdue, or when the number says it already. */
export interface LabelTexts {
  name: string
  number: string
  overdue: string
}

/** Where the texts stand in the map's coordinates. A font size of 0 means that the text has no room. */
export interface MapLabel {
  nameSize: number
  nameY: number
  numberSize: number
  numberY: number
  numberWidth: number
  overdueSize: number
  overdueY: number
  overdueWidth: number
  /** Whether a bar beside the number stands for the overdue text that has no room. */
  bar: boolean
}

/**
 * Name, number and overdue mark as one block around the middle of a shape, as large as the shape allows. What would be unreadable is left
 * to the tooltip: first the text of the overdue mark, of which a bar remains, then the name.
 * @param unit The scale of the page: 1 on a wall of 1920 × 1080 pixels.
 */
export function mapLabel(shape: Shape, texts: LabelTexts, unit: number): MapLabel {
  const digits = texts.number.length
  const numberSize = Math.max(
    smallestNumber,
    Math.min(42 * unit, shape.height * 0.4, (shape.width * 0.7) / (digits * 0.6)),
  )
  const fitting = Math.min(21 * unit, (shape.width * 0.94) / textWidth(texts.name))
  const nameSize = fitting >= smallestName && shape.height > numberSize + fitting ? fitting : 0
  const hasRoomForOverdue = nameSize > 0 && shape.height > numberSize + nameSize * 2.6
  const overdueSize = texts.overdue && hasRoomForOverdue ? Math.max(11, nameSize * 0.82) : 0
  const top = shape.y - (nameSize * 1.15 + numberSize * 0.9 + overdueSize * 1.5) / 2
  return {
    nameSize,
    nameY: top + nameSize * 0.9,
    numberSize,
    numberY: top + nameSize * 1.15 + numberSize * 0.82,
    numberWidth: numberSize * digits * 0.6,
    overdueSize,
    overdueY: top + nameSize * 1.15 + numberSize * 0.9 + overdueSize * 0.3,
    overdueWidth: overdueSize * (textWidth(texts.overdue) + 1),
    bar: texts.overdue !== '' && overdueSize === 0,
  }
}

/** The width of a text in units of its font size: a Chinese character is as wide as it is high. */
export const textWidth = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character.charCodeAt(0) > 255 ? 1 : 0.6), 0)
