/**
 * Writes the newest of what changes often: the first one at once, because a phone may end the page at any moment, the next no sooner than
 * `calm` milliseconds later, and what still waits when the page is put away or left.
 */
export class CalmWriter {
  #writtenAt = -Infinity
  #waiting: (() => void) | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #flush = () => this.flush()
  readonly #onHidden = () => document.visibilityState === 'hidden' && this.flush()

  constructor(private readonly calm: number) {
    window.addEventListener('pagehide', this.#flush)
    document.addEventListener('visibilitychange', this.#onHidden)
  }

  offer(write: () => void): void {
    this.#waiting = write
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#flush, Math.max(0, this.#writtenAt + this.calm - Date.now()))
  }

  /** Writes what waits, now. */
  flush(): void {
    clearTimeout(this.#timer)
    const write = this.#waiting
    this.#waiting = null
    if (!write) return
    this.#writtenAt = Date.now()
    write()
  }

  stop(): void {
    this.flush()
    window.removeEventListener('pagehide', this.#flush)
    document.removeEventListener('visibilitychange', this.#onHidden)
  }
}
