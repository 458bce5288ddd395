import { reactive, readonly } from 'vue'

/**
 * What the server has said of its time. The clock of a wall screen is often wrong, and a demonstration may have set its time and let it pass
 * faster.
 */
const said = reactive({
  time: 0,
  /** When it was said, on this machine's clock. */
  at: 0,
  pace: 1,
  isSet: false,
})

const name = 'gridactors.set-time'

/** Notes the time that a demonstration has set; null when it has set none. */
export function noteSetTime(set: { now: string; pace: number } | null): void {
  if (!set) return localStorage.removeItem(name)
  Object.assign(said, { isSet: true, pace: set.pace })
  noteTime(set.now)
  localStorage.setItem(name, JSON.stringify(said))
}

/** Without a connection: the time goes on as it was last said, on this machine's clock. */
export function recallSetTime(): void {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null') as typeof said | null
    if (kept && Number.isFinite(kept.time + kept.at + kept.pace)) Object.assign(said, kept)
  } catch {
    // What is stored can't be read: nothing was set.
  }
}

/** Notes that it is this moment on the server. */
export function noteTime(now: string): void {
  said.time = Date.parse(now)
  said.at = Date.now()
}

export const serviceTime = readonly(said)

/** The server's time at a moment of this machine's clock. */
export const serviceTimeAt = (moment: number): number => said.time + (moment - said.at) * said.pace

/** The server's time; it doesn't move a page by itself. */
export const serviceNow = (): number => serviceTimeAt(Date.now())
