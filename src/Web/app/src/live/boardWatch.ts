import type { AreaFrame, Board } from '@/http/apiTypes'
import { applyFrame, resnapshot } from './boardFrames'

export interface BoardWatchOptions {
  code: string
  /** Takes a snapshot: the hub's WatchArea. */
  snapshot: (code: string) => Promise<Board>
  sleep: (milliseconds: number) => Promise<void>
  onBoard: (board: Board) => void
  onSync: (inSync: boolean) => void
  /** Returns whether to try again. */
  onError: (error: unknown) => boolean
}

/**
 * One watched board. Frames that arrive while a snapshot is being taken wait for it, and a gap leads to a new snapshot. Only the newest
 * snapshot counts: an answer from before a reconnect changes nothing.
 */
export class BoardWatch {
  board: Board | null = null
  inSync = false
  #round = 0
  #waiting: AreaFrame[] = []
  #stopped = false

  constructor(private readonly options: BoardWatchOptions) {}

  get code(): string {
    return this.options.code
  }

  /** Called when watching begins and after every reconnect. */
  async resnapshot(): Promise<void> {
    const round = ++this.#round
    this.#waiting = []
    this.#sync(false)
    for (let attempt = 0; ; attempt++) {
      try {
        const board = await this.options.snapshot(this.code)
        if (this.#isOld(round)) return
        return this.#take(board)
      } catch (error) {
        if (this.#isOld(round)) return
        if (!this.options.onError(error)) return
        await this.options.sleep(Math.min(15_000, 500 * 2 ** attempt))
        if (this.#isOld(round)) return
      }
    }
  }

  frame(frame: AreaFrame): void {
    if (frame.area !== this.code || this.#stopped) return
    if (!this.board || !this.inSync) {
      this.#waiting.push(frame)
      return
    }
    const next = applyFrame(this.board, frame)
    if (next === resnapshot) {
      void this.resnapshot()
      return
    }
    if (next !== this.board) this.#show(next)
  }

  lost(): void {
    this.#round++
    this.#sync(false)
  }

  stop(): void {
    this.#stopped = true
    this.#round++
  }

  #take(board: Board): void {
    const waiting = this.#waiting
    this.#waiting = []
    this.#sync(true)
    this.#show(board)
    for (const frame of waiting) this.frame(frame)
  }

  #show(board: Board): void {
    this.board = board
    this.options.onBoard(board)
  }

  #sync(inSync: boolean): void {
    if (this.inSync === inSync) return
    this.inSync = inSync
    this.options.onSync(inSync)
  }

  #isOld(round: number): boolean {
    return this.#stopped || round !== this.#round
  }
}
