import type { CaseView, Position } from '@/http/apiTypes'
import { ApiError } from '@/http/httpClient'
import type { OutboxEntry, KeptPhoto, ReportJob } from './outboxEntry'

export interface OutboxStore {
  /** Every entry of a person, oldest first. */
  list: (owner: string) => Promise<OutboxEntry[]>
  /** Changes an entry that is still there; one that was discarded meanwhile stays discarded. */
  update: (entry: OutboxEntry) => Promise<void>
  remove: (key: string) => Promise<void>
}

export interface Delivery {
  upload: (photo: KeptPhoto, key: string) => Promise<string>
  /** The area at a position in which the caller may report, or null. */
  areaAt: (position: Position) => Promise<{ area: string; areaName: string } | null>
  send: (entry: OutboxEntry) => Promise<CaseView>
}

/**
 * How a round of sending ended. `sent`: everything that can be sent was; `unreachable`: no answer, or the server asks to wait; `signed-out`: nobody may
 * send until the person signs in again.
 */
export interface Round {
  end: 'sent' | 'unreachable' | 'signed-out'
  retryAfter: number | null
}

export interface OutboxOptions {
  store: OutboxStore
  delivery: Delivery
  onDelivered: (entry: OutboxEntry, view: CaseView) => void
  onChange: () => void
}

/** Whether a retry may help: no network, overload, or a server that restarts. */
const passes = (error: ApiError): boolean => error.outcomeUnknown || [408, 425, 429].includes(error.status)

/** Whether the server as a whole is away. Then the later entries wait too and keep their order. */
const everybodyWaits = (error: ApiError): boolean => passes(error) && ![500, 501].includes(error.status)

export class Outbox {
  constructor(private readonly options: OutboxOptions) {}

  /** Sends the waiting entries one after the other. The caller makes sure that one round runs at a time for a person. */
  async flush(owner: string): Promise<Round> {
    const entries = (await this.options.store.list(owner)).filter((entry) => !entry.refusal)
    for (const entry of entries) {
      const error = await this.#deliver(entry)
      if (!error) continue
      if (error.status === 401) return { end: 'signed-out', retryAfter: null }
      if (everybodyWaits(error)) return { end: 'unreachable', retryAfter: error.retryAfter }
    }
    const left = (await this.options.store.list(owner)).some((entry) => !entry.refusal)
    return { end: left ? 'unreachable' : 'sent', retryAfter: null }
  }

  /** Lets a refused entry try again, with the same key. */
  async retry(entry: OutboxEntry): Promise<void> {
    await this.#save({ ...entry, refusal: null })
  }

  async #deliver(entry: OutboxEntry): Promise<ApiError | null> {
    let current = entry
    try {
      current = await this.#place(current)
      current = await this.#upload(current)
      // From here on the server may have done the write, even if no answer arrives.
      current = await this.#save({ ...current, maybeSent: true })
      const view = await this.options.delivery.send(current)
      await this.options.store.remove(current.key)
      this.options.onDelivered(current, view)
      this.options.onChange()
      return null
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status !== 401 && !passes(error)) {
        const { status, code, message } = error
        await this.#save({ ...current, maybeSent: false, refusal: { status, code, message } })
      }
      return error
    }
  }

  /** The area is stored before it is sent, so that every attempt sends the same content under the same key. */
  async #place(entry: OutboxEntry): Promise<OutboxEntry> {
    const { job } = entry
    if (job.kind !== 'report' || job.area) return entry
    const found = job.position ? await this.options.delivery.areaAt(job.position) : null
    const placed: ReportJob = { ...job, ...(found ?? job.fallback) }
    return this.#save({ ...entry, job: placed })
  }

  async #upload(entry: OutboxEntry): Promise<OutboxEntry> {
    let current = entry
    for (const [index, photo] of entry.photos.entries()) {
      if (photo.id) continue
      const id = await this.options.delivery.upload(photo, `${entry.key}-${index}`)
      const photos = current.photos.map((kept, i) => (i === index ? { ...kept, id } : kept))
      current = await this.#save({ ...current, photos })
    }
    return current
  }

  async #save(entry: OutboxEntry): Promise<OutboxEntry> {
    await this.options.store.update(entry)
    this.options.onChange()
    return entry
  }
}

/** How long to wait before the next round: short at first, at most two minutes, or as long as the server asks for. */
export function waitAfter(failures: number, retryAfter: number | null): number {
  if (retryAfter !== null) return Math.max(1000, retryAfter * 1000)
  return Math.min(120_000, 5000 * 2 ** Math.max(0, failures - 1))
}
