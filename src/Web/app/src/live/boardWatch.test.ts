import { beforeEach, describe, expect, it } from 'vitest'
import type { AreaFrame, Board } from '@/http/apiTypes'
import { BoardWatch } from './boardWatch'

const board = (sequence: number, epoch = 1) =>
  ({ epoch, sequence, area: { code: 'a' }, counts: {}, children: [], ticker: [] }) as unknown as Board

const frame = (previous: number, epoch = 1) =>
  ({
    area: 'a',
    epoch,
    previous,
    sequence: previous + 1,
    full: false,
    children: [],
    ticker: [],
  }) as unknown as AreaFrame

describe('watching an area', () => {
  let asked: { resolve: (board: Board) => void; reject: (error: Error) => void }[]
  let shown: number[]
  let sync: boolean[]
  let watch: BoardWatch

  beforeEach(() => {
    asked = []
    shown = []
    sync = []
    watch = new BoardWatch({
      code: 'a',
      snapshot: () => new Promise((resolve, reject) => asked.push({ resolve, reject })),
      sleep: () => Promise.resolve(),
      onBoard: (value) => shown.push(value.sequence),
      onSync: (value) => sync.push(value),
      onError: (error) => (error as Error).message !== 'refused',
    })
  })

  it('applies the frames that arrived while the snapshot was under way', async () => {
    const done = watch.resnapshot()
    watch.frame(frame(4))
    watch.frame(frame(5))
    watch.frame(frame(6))
    asked[0]!.resolve(board(5))
    await done
    expect(shown).toEqual([5, 6, 7])
    expect(watch.inSync).toBe(true)
  })

  it('is out of sync from the gap until the next snapshot', async () => {
    const done = watch.resnapshot()
    asked[0]!.resolve(board(5))
    await done
    watch.frame(frame(7))
    expect(watch.inSync).toBe(false)
    expect(asked).toHaveLength(2)
    watch.frame(frame(8))
    asked[1]!.resolve(board(9))
    await Promise.resolve()
    await Promise.resolve()
    expect(shown).toEqual([5, 9])
    expect(sync).toEqual([true, false, true])
  })

  it('tries again when the snapshot fails, and gives up when it is refused', async () => {
    const done = watch.resnapshot()
    asked[0]!.reject(new Error('busy'))
    await new Promise((resolve) => setTimeout(resolve))
    expect(asked).toHaveLength(2)
    asked[1]!.reject(new Error('refused'))
    await done
    expect(asked).toHaveLength(2)
    expect(watch.inSync).toBe(false)
  })

  it('drops the answer of a connection that was lost', async () => {
    const first = watch.resnapshot()
    watch.lost()
    const second = watch.resnapshot()
    asked[0]!.resolve(board(3))
    await first
    expect(shown).toEqual([])
    asked[1]!.resolve(board(4, 2))
    await second
    expect(shown).toEqual([4])
  })

  it('shows nothing more once stopped', async () => {
    const done = watch.resnapshot()
    watch.stop()
    asked[0]!.resolve(board(1))
    await done
    expect(shown).toEqual([])
  })
})
