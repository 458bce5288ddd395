import type { Position } from '@/http/apiTypes'
import { ApiError } from '@/http/httpClient'
import { photoKey, type OwedPhoto } from '../photos/owedPhotos'
import type { ItemAnswer } from './dayItems'
import { labelOf, type OutboxEntry, type Refusal, type ReportJob, type SentEntry } from './outboxEntry'
import { batchOf, nextSending } from './sendOrder'

export interface OutboxStore {
  /** Every entry of a person, in the order in which they were written. */
  list: (owner: string) => Promise<OutboxEntry[]>
  /** Changes entries that are still there; one that was discarded meanwhile stays discarded. */
  update: (entries: OutboxEntry[]) => Promise<void>
  /** Takes entries of one person out that have arrived, and remembers that they did. Their photos have to follow. */
  delivered: (entries: SentEntry[], photos: string[]) => Promise<void>
  /** Discards an entry, and its photos unless something else shows them. */
  remove: (key: string) => Promise<void>
  /** Photos that stay on this phone for now, the smallest first. */
  photos: (owner: string) => Promise<OwedPhoto[]>
  bytes: (photo: OwedPhoto) => Promise<ArrayBuffer | null>
  updatePhotos: (photos: OwedPhoto[]) => Promise<void>
  removePhoto: (key: string) => Promise<void>
}

/** What the server says to one entry: what it has become, or why it isn't taken. */
export interface Delivered {
  key: string
  answer?: unknown
  refusal?: Refusal
}

/** @property mayBeShown What shows it may be sent before it is there. Somebody else's photo has to be uploaded first. */
export interface Announced {
  id: string
  isThere: boolean
  mayBeShown: boolean
}

export interface Delivery {
  /** Tells the server which photos will come, so that what shows them needn't wait for them. Null when the server doesn't know how. */
  announce: (photos: OwedPhoto[]) => Promise<Announced[] | null>
  /** Uploads a photo, from where an earlier attempt broke off. Ends when the server has told the hash of what it got. */
  upload: (photo: OwedPhoto, bytes: ArrayBuffer) => Promise<void>
  /** The area at a position in which the caller may report, or null. */
  areaAt: (position: Position) => Promise<{ area: string; areaName: string } | null>
  /** Sends one entry, or several items of one kind. */
  send: (entries: OutboxEntry[]) => Promise<Delivered[]>
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
  onDelivered: (entry: OutboxEntry, answer: unknown) => void
  onChange: () => void
}

/** Whether a retry may help: no network, overload, a server that restarts, or one that is older than this page. */
const passes = (error: ApiError): boolean =>
  error.outcomeUnknown || [408, 425, 429].includes(error.status) || ['http-404', 'http-405'].includes(error.code)

/** Whether the server as a whole is away. Then the later entries wait too and keep their order. */
const everybodyWaits = (error: ApiError): boolean => passes(error) && ![404, 405, 500, 501].includes(error.status)

/** The whole call was refused, and one of its items may be the reason. */
const isDivisible = (error: ApiError): boolean => [400, 413, 422].includes(error.status)

/** The keys of what was tried in a round. It is tried once in it. */
interface Tried {
  entries: Set<string>
  announced: Set<string>
  uploaded: Set<string>
}

/** Ends a round. */
class RoundEnd extends Error {
  constructor(readonly error: ApiError) {
    super(error.message)
  }
}

export class Outbox {
  constructor(private readonly options: OutboxOptions) {}

  /**
   * Sends what waits: first everything small in its order, then the photos, the smallest first. What is kept meanwhile waits for one photo
   * at most. The caller makes sure that one round runs at a time for a person.
   */
  async flush(owner: string): Promise<Round> {
    try {
      const tried: Tried = { entries: new Set(), announced: new Set(), uploaded: new Set() }
      await this.#sendEntries(owner, tried)
      await this.#uploadPhotos(owner, tried)
    } catch (end) {
      if (!(end instanceof RoundEnd)) throw end
      const isSignedOut = end.error.status === 401
      return { end: isSignedOut ? 'signed-out' : 'unreachable', retryAfter: isSignedOut ? null : end.error.retryAfter }
    }
    const left = (await this.options.store.list(owner)).some((entry) => !entry.refusal)
    return { end: left || (await this.#owed(owner)).length > 0 ? 'unreachable' : 'sent', retryAfter: null }
  }

  /** Lets a refused entry try again, with the same key. */
  async retry(entry: OutboxEntry): Promise<void> {
    const photos = await this.options.store.photos(entry.owner)
    const refused = photos.filter((photo) => photo.refusal && entry.photos.some(({ id }) => id === photo.id))
    await this.options.store.updatePhotos(refused.map((photo) => ({ ...photo, refusal: null })))
    await this.#save([{ ...entry, refusal: null }])
  }

  /** What still has to be uploaded. The photos of a refused entry wait with it. */
  async #owed(owner: string): Promise<OwedPhoto[]> {
    const entries = await this.options.store.list(owner)
    const waiting = new Set(entries.filter((entry) => !entry.refusal).map(({ key }) => key))
    return (await this.options.store.photos(owner)).filter(
      (photo) => !photo.confirmed && !photo.refusal && (photo.shown || photo.entries.some((key) => waiting.has(key))),
    )
  }

  async #announce(owner: string, tried: Tried): Promise<void> {
    const isNew = (await this.#owed(owner)).filter((photo) => !photo.announced && !tried.announced.has(photo.key))
    for (const { key } of isNew) tried.announced.add(key)
    for (let n = 0; n < isNew.length; n += 100) {
      const some = isNew.slice(n, n + 100)
      const answers = await this.options.delivery.announce(some).catch((error: unknown) => {
        throw error instanceof ApiError ? new RoundEnd(error) : error
      })
      if (answers === null) return
      await this.options.store.updatePhotos(
        some.flatMap((photo) => {
          const answer = answers.find(({ id }) => id === photo.id)
          if (!answer) return []
          return {
            ...photo,
            announced: answer.mayBeShown,
            confirmed: answer.isThere,
          }
        }),
      )
    }
  }

  async #sendEntries(owner: string, tried: Tried): Promise<void> {
    for (;;) {
      await this.#announce(owner, tried)
      const photos = new Map((await this.options.store.photos(owner)).map((photo) => [photo.id, photo]))
      const waiting = (await this.options.store.list(owner)).filter((entry) => !entry.refusal)
      const lacking = new Set<string>()
      for (const entry of waiting) {
        const own = entry.photos.flatMap(({ id }) => photos.get(id) ?? [])
        const refusal = own.find((photo) => photo.refusal)?.refusal
        if (refusal) await this.#save([{ ...entry, refusal }])
        if (refusal || own.some((photo) => !photo.announced && !photo.confirmed)) lacking.add(entry.key)
      }
      const next = nextSending(waiting, new Set([...tried.entries, ...lacking]))
      if (!next) return
      for (const { key } of next) tried.entries.add(key)
      await this.#deliver(next)
    }
  }

  async #uploadPhotos(owner: string, tried: Tried): Promise<void> {
    for (;;) {
      const photo = (await this.#owed(owner)).find(({ key }) => !tried.uploaded.has(key))
      if (!photo) return
      tried.uploaded.add(photo.key)
      const bytes = await this.options.store.bytes(photo)
      if (!bytes) {
        await this.options.store.removePhoto(photo.key)
        continue
      }
      await this.options.store.updatePhotos([{ ...photo, begun: true }])
      const refusal = await this.#upload(photo, bytes)
      await this.options.store.updatePhotos([{ ...photo, confirmed: !refusal, refusal }])
      this.options.onChange()
      // What waited for this photo, and what was kept meanwhile, is sent before the next one.
      await this.#sendEntries(owner, tried)
    }
  }

  async #upload(photo: OwedPhoto, bytes: ArrayBuffer): Promise<Refusal | null> {
    try {
      await this.options.delivery.upload(photo, bytes)
      return null
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401 || passes(error)) throw new RoundEnd(error)
      return refusalOf(error)
    }
  }

  async #deliver(entries: OutboxEntry[]): Promise<void> {
    let current = entries
    try {
      current = await this.#place(current)
      // From here on the server may have done the write, even if no answer arrives.
      current = await this.#save(current.map((entry) => ({ ...entry, maybeSent: true })))
      await this.#settle(current, await this.options.delivery.send(current))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401 || everybodyWaits(error)) throw new RoundEnd(error)
      if (passes(error)) return
      if (current.length > 1 && isDivisible(error)) {
        const middle = Math.ceil(current.length / 2)
        await this.#deliver(current.slice(0, middle))
        await this.#deliver(current.slice(middle))
        return
      }
      const refusal = refusalOf(error)
      await this.#save(current.map((entry) => ({ ...entry, maybeSent: false, refusal })))
    }
  }

  async #settle(entries: OutboxEntry[], outcomes: Delivered[]): Promise<void> {
    const { store, onDelivered, onChange } = this.options
    const of = new Map(outcomes.map((outcome) => [outcome.key, outcome]))
    const arrived = entries.filter(({ key }) => of.has(key) && !of.get(key)!.refusal)
    const refused = entries.flatMap((entry) => {
      const refusal = of.get(entry.key)?.refusal
      return refusal ? [{ ...entry, maybeSent: false, refusal }] : []
    })
    if (arrived.length > 0) {
      await this.#becameCases(arrived, of)
      await store.delivered(
        arrived.map((entry) => sentOf(entry, of.get(entry.key)!.answer)),
        arrived.flatMap(({ owner, photos }) => photos.map(({ id }) => photoKey(owner, id))),
      )
    }
    if (refused.length > 0) await store.update(refused)
    for (const entry of arrived) onDelivered(entry, of.get(entry.key)!.answer)
    onChange()
  }

  /** Fills the ids of new cases into what waits for them. */
  async #becameCases(arrived: OutboxEntry[], of: Map<string, Delivered>): Promise<void> {
    const cases = new Map(
      arrived.flatMap(({ key, job }) =>
        job.kind === 'report' ? [[key, (of.get(key)!.answer as { id: string }).id] as const] : [],
      ),
    )
    if (cases.size === 0) return
    const entries = await this.options.store.list(arrived[0]!.owner)
    await this.options.store.update(entries.flatMap((entry) => withCases(entry, cases) ?? []))
  }

  /** The area is stored before it is sent, so that every attempt sends the same content under the same key. */
  async #place(entries: OutboxEntry[]): Promise<OutboxEntry[]> {
    const [entry] = entries
    if (!entry || entry.job.kind !== 'report' || entry.job.area) return entries
    const { job } = entry
    const found = job.position ? await this.options.delivery.areaAt(job.position) : null
    const placed: ReportJob = { ...job, ...(found ?? job.fallback) }
    return this.#save([{ ...entry, job: placed }])
  }

  async #save(entries: OutboxEntry[]): Promise<OutboxEntry[]> {
    await this.options.store.update(entries)
    this.options.onChange()
    return entries
  }
}

/** The refusal as an error again, for those who put it into words. */
export function errorOf({ status, code, message, byName, since }: Refusal): ApiError {
  return new ApiError(status, code, message, {
    ...(byName && { claimantName: byName }),
    ...(since && { claimedAt: since }),
  })
}

export function refusalOf({ status, code, message, problem }: ApiError): Refusal {
  return {
    status,
    code,
    message,
    ...(typeof problem.claimantName === 'string' && { byName: problem.claimantName }),
    ...(typeof problem.claimedAt === 'string' && { since: problem.claimedAt }),
  }
}

/** The entry with the cases that its reports have become; null when it waits for none of them. */
export function withCases(entry: OutboxEntry, cases: ReadonlyMap<string, string>): OutboxEntry | null {
  const { job } = entry
  if ((job.kind !== 'check-in' && job.kind !== 'visit') || !job.casesFrom?.some((key) => cases.has(key))) return null
  const found = job.casesFrom.flatMap((key) => cases.get(key) ?? [])
  const casesFrom = job.casesFrom.filter((key) => !cases.has(key))
  if (job.kind === 'check-in') return { ...entry, job: { ...job, casesFrom, item: { ...job.item, case: found[0]! } } }
  return { ...entry, job: { ...job, casesFrom, item: { ...job.item, cases: [...(job.item.cases ?? []), ...found] } } }
}

function sentOf(entry: OutboxEntry, answer: unknown): SentEntry {
  const { key, owner, order, at, job } = entry
  const item = batchOf(entry) ? (answer as ItemAnswer) : null
  return {
    key,
    owner,
    order,
    at,
    sentAt: Date.now(),
    kind: job.kind,
    label: labelOf(job),
    ...(job.kind === 'report' && { caseId: (answer as { id: string }).id }),
    ...(job.kind === 'step' && { caseId: job.caseId }),
    ...(item && {
      answer: {
        day: item.day ?? null,
        late: item.late ?? false,
        grade: item.grade ?? null,
        reasons: item.reasons ?? [],
        flags: item.flags ?? [],
      },
    }),
  }
}

/** How long to wait before the next round: short at first, at most two minutes, or as long as the server asks for. */
export function waitAfter(failures: number, retryAfter: number | null): number {
  if (retryAfter !== null) return Math.max(1000, retryAfter * 1000)
  return Math.min(120_000, 5000 * 2 ** Math.max(0, failures - 1))
}
