import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AreaFrame, Board } from '@/http/apiTypes'
import { applyFrame, resnapshot } from './boardFrames'

interface Vector {
  name: string
  held: Board | AreaFrame
  frame: AreaFrame
  expected: Board | AreaFrame | null
}

const file = new URL('../../../../../tests/vectors/board-frames.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Vector[] }
const isFrame = (value: Board | AreaFrame): value is AreaFrame => 'previous' in value
const ofBoards = cases.filter(({ held }) => !isFrame(held)) as (Vector & { held: Board; expected: Board | null })[]
const ofFrames = cases.filter(({ held }) => isFrame(held)) as (Vector & {
  held: AreaFrame
  expected: AreaFrame | null
})[]
const someBoard = ofBoards[0]!.held

describe('a board and the frame that comes next', () => {
  it.each(ofBoards)('$name', ({ held, frame, expected }) => {
    expect(applyFrame(held, frame)).toEqual(expected ?? resnapshot)
  })

  it.each(ofBoards)('the board that was held stays as it was: $name', ({ held, frame }) => {
    const before = structuredClone(held)
    applyFrame(held, frame)
    expect(held).toEqual(before)
  })

  it('a frame of another area changes nothing', () => {
    const frame = { ...ofBoards[0]!.frame, area: 'b' }
    expect(applyFrame(someBoard, frame)).toBe(someBoard)
  })
})

/** The service merges frames for a slow browser. That must be the same to the browser as the two frames one after the other. */
describe('two frames one after the other, and the one frame that the service makes of them', () => {
  it.each(ofFrames)('$name', ({ held: first, frame: second, expected: merged }) => {
    const board = { ...someBoard, epoch: first.epoch, sequence: first.previous, children: [], ticker: [] }
    const start = first.full ? { ...board, epoch: first.epoch - 1 } : board
    const afterFirst = applyFrame(start, first) as Board
    const afterBoth = applyFrame(afterFirst, second)
    expect(afterBoth).toEqual(merged ? applyFrame(start, merged) : resnapshot)
  })
})
