import { newKey } from '@/http/newKey'
import { database, type Installation } from '../storage/database'
import { seal, unseal } from '../storage/phoneKeys'
import type { Sealed } from '../storage/sealing'
import { named, photoKey, type OwedPhoto } from '../photos/owedPhotos'
import { newItemId } from './dayItems'
import {
  completed,
  type Job,
  type KeptPhoto,
  type NewJob,
  type OutboxEntry,
  type PhotoOriginal,
  type SentEntry,
} from './outboxEntry'
import type { OutboxStore } from './outbox'

/** An entry as it is stored: what it says is sealed. */
export interface StoredEntry {
  key: string
  owner: string
  order: number
  /** Of an item of a day. It is given while the entry is written, so it stands outside. */
  sequence: number | null
  at: number
  maybeSent: boolean
  value: Sealed
}
type Hidden = Pick<OutboxEntry, 'photos' | 'refusal'> & { job: NewJob }

export interface StoredSent {
  key: string
  owner: string
  order: number
  sentAt: number
  value: Sealed
}

export type StoredPhoto = Omit<OwedPhoto, 'original'> & { origin: Sealed | null }

/** How much of what has arrived is remembered. */
const mostSent = 100

async function hide({ key, owner, order, at, job, photos, refusal, maybeSent }: OutboxEntry): Promise<StoredEntry> {
  const sequence = 'item' in job ? job.item.sequence : null
  return { key, owner, order, sequence, at, maybeSent, value: await seal(owner, { job, photos, refusal }) }
}

async function show(one: StoredEntry): Promise<OutboxEntry | null> {
  const hidden = await unseal<Hidden>(one.owner, one.value)
  if (!hidden) return null
  const { key, owner, order, at, maybeSent } = one
  const { photos, refusal } = hidden
  return { key, owner, order, at, maybeSent, photos, refusal, job: completed(hidden.job, key, one.sequence ?? 0, at) }
}

const storedPhoto = ({ original: _, ...photo }: OwedPhoto, origin: Sealed | null): StoredPhoto => ({ ...photo, origin })

export interface OutboxDb extends OutboxStore {
  sent: (owner: string) => Promise<SentEntry[]>
  /** How many entries wait, also those that can't be opened before the person has signed in. */
  count: (owner: string) => Promise<number>
}

export const outboxDb: OutboxDb = {
  async list(owner) {
    const stored = await (await database()).getAllFromIndex('outbox', 'owner', owner)
    const entries = await Promise.all(stored.filter(({ value }) => value !== undefined).map(show))
    return entries.flatMap((entry) => entry ?? []).sort((a, b) => a.order - b.order)
  },
  async count(owner) {
    return (await database()).countFromIndex('outbox', 'owner', owner)
  },
  async update(entries) {
    const hidden = await Promise.all(entries.map(hide))
    const transaction = (await database()).transaction('outbox', 'readwrite')
    for (const entry of hidden)
      if ((await transaction.store.getKey(entry.key)) !== undefined) await transaction.store.put(entry)
    await transaction.done
  },
  async delivered(entries, photosOfThem) {
    const hidden = await Promise.all(
      entries.map(async (entry): Promise<StoredSent> => {
        const { key, owner, order, sentAt } = entry
        return { key, owner, order, sentAt, value: await seal(owner, entry) }
      }),
    )
    const transaction = (await database()).transaction(['outbox', 'photos', 'photoBytes', 'sent'], 'readwrite')
    for (const { key } of entries) await transaction.objectStore('outbox').delete(key)
    const sent = transaction.objectStore('sent')
    for (const entry of hidden) await sent.put(entry)
    for (const key of photosOfThem) {
      const photo = await transaction.objectStore('photos').get(key)
      const left = photo && { ...photo, entries: without(photo.entries, entries), shown: true }
      if (left) await settle(transaction, left)
    }
    const all = await sent.index('owner').getAll(entries[0]!.owner)
    all.sort((a, b) => b.sentAt - a.sentAt || b.order - a.order)
    for (const { key } of all.slice(mostSent)) await sent.delete(key)
    await transaction.done
  },
  async remove(key) {
    const transaction = (await database()).transaction(['outbox', 'photos', 'photoBytes'], 'readwrite')
    const entry = await transaction.objectStore('outbox').get(key)
    await transaction.objectStore('outbox').delete(key)
    // Also of an entry that can't be opened.
    for (const photo of entry ? await transaction.objectStore('photos').index('owner').getAll(entry.owner) : [])
      if (photo.entries.includes(key))
        await settle(transaction, { ...photo, entries: without(photo.entries, [{ key }]) })
    await transaction.done
  },
  async photos(owner) {
    const stored = await (await database()).getAllFromIndex('photos', 'owner', owner)
    const photos = await Promise.all(
      stored.map(async ({ origin, ...photo }): Promise<OwedPhoto> => {
        const original = origin && (await unseal<PhotoOriginal>(owner, origin))
        return { ...photo, ...(original && { original }) }
      }),
    )
    return photos.sort((a, b) => a.size - b.size || a.order - b.order)
  },
  async bytes(photo) {
    const stored = await (await database()).get('photoBytes', photo.key)
    return stored ? unseal<ArrayBuffer>(photo.owner, stored) : null
  },
  async updatePhotos(changed) {
    const transaction = (await database()).transaction(['photos', 'photoBytes'], 'readwrite')
    for (const photo of changed) {
      // Whatever waits for it may have changed meanwhile.
      const now = await transaction.objectStore('photos').get(photo.key)
      if (!now) continue
      const { entries, shown, origin } = now
      await settle(transaction, { ...storedPhoto(photo, origin), entries, shown })
    }
    await transaction.done
  },
  async removePhoto(key) {
    const transaction = (await database()).transaction(['photos', 'photoBytes'], 'readwrite')
    await transaction.objectStore('photos').delete(key)
    await transaction.objectStore('photoBytes').delete(key)
    await transaction.done
  },
  async sent(owner) {
    const stored = await (await database()).getAllFromIndex('sent', 'owner', owner)
    stored.sort((a, b) => b.sentAt - a.sentAt || b.order - a.order)
    const entries = await Promise.all(stored.map(({ value }) => unseal<SentEntry>(owner, value)))
    return entries.flatMap((entry) => entry ?? [])
  },
}

const without = (keys: string[], gone: { key: string }[]): string[] =>
  keys.filter((key) => gone.every((entry) => entry.key !== key))

interface PhotoStores {
  objectStore(name: 'photos'): { put?: (photo: StoredPhoto) => Promise<unknown>; delete?: Delete }
  objectStore(name: 'photoBytes'): { delete?: Delete }
}
type Delete = (key: string) => Promise<void>

/** Keeps a photo for as long as something shows it or it has to be uploaded. */
async function settle(transaction: PhotoStores, photo: StoredPhoto): Promise<void> {
  if (photo.entries.length > 0 || (photo.shown && !photo.confirmed)) {
    await transaction.objectStore('photos').put!(photo)
    return
  }
  await transaction.objectStore('photos').delete!(photo.key)
  await transaction.objectStore('photoBytes').delete!(photo.key)
}

/** The photos of an entry, as a form takes them. */
export async function photosOf({ owner, photos }: Pick<OutboxEntry, 'owner' | 'photos'>): Promise<KeptPhoto[]> {
  const known = new Map((await outboxDb.photos(owner)).map((photo) => [photo.id, photo]))
  const all = await Promise.all(
    photos.map(async ({ id, type }): Promise<KeptPhoto[]> => {
      const photo = known.get(id)
      const bytes = photo && (await outboxDb.bytes(photo))
      return bytes ? [{ bytes, type, id: null, ...(photo.original && { original: photo.original }) }] : []
    }),
  )
  return all.flat()
}

/** An entry that an earlier version of this page has stored: in clear, with its photos' bytes in it. */
interface EarlierEntry {
  key: string
  owner: string
  at: number
  job: Job
  photos: KeptPhoto[]
  refusal: OutboxEntry['refusal']
  value?: undefined
}

/** Takes over what an earlier version of this page has left to be sent. What it had uploaded already is uploaded again, which changes nothing. */
export async function adoptEarlier(): Promise<void> {
  const entries = (await (await database()).getAll('outbox')) as unknown as (EarlierEntry | { value: Sealed })[]
  const earlier = entries.filter((one): one is EarlierEntry => one.value === undefined).sort((a, b) => a.at - b.at)
  for (const { key, owner, at, job, photos, refusal } of earlier)
    await enqueue(owner, job, photos, null, { at, key, refusal, maybeSent: true })
}

const only = 'this'
const fresh = (): Installation => ({ device: newKey(), order: 0, sequence: 0 })

/** What this phone is called, and the numbers that count up on it. */
export async function installation(): Promise<Installation> {
  const transaction = (await database()).transaction('installation', 'readwrite')
  const now = (await transaction.store.get(only)) ?? fresh()
  await transaction.store.put(now, only)
  await transaction.done
  return now
}

/**
 * Stores an entry with its photos, gives it its number and removes its draft, in one transaction: a reload in between neither loses nor
 * doubles it, and no number is given twice.
 */
export async function enqueue(
  owner: string,
  job: NewJob,
  photos: KeptPhoto[],
  draft: string | null,
  given: Partial<Pick<OutboxEntry, 'key' | 'at' | 'refusal' | 'maybeSent'>> = {},
): Promise<OutboxEntry> {
  const key = given.key ?? ('item' in job ? (job.item.id ?? newItemId()) : newKey())
  const at = given.at ?? Date.now()
  const { refusal = null, maybeSent = false } = given
  const kept = await named(photos)
  const shown = kept.map(({ id, size, type }) => ({ id, size, type }))
  // Nothing else may be awaited in a transaction, so everything is sealed before.
  const value = await seal(owner, { job, photos: shown, refusal } satisfies Hidden)
  const files = await Promise.all(
    kept.map(async ({ bytes, original, ...photo }) => ({
      photo,
      bytes: await seal(owner, bytes),
      origin: original ? await seal(owner, original) : null,
    })),
  )
  const transaction = (await database()).transaction(
    ['outbox', 'photos', 'photoBytes', 'installation', 'drafts'],
    'readwrite',
  )
  const before = (await transaction.objectStore('installation').get(only)) ?? fresh()
  const isItem = 'item' in job
  const now = { ...before, order: before.order + 1, sequence: before.sequence + (isItem ? 1 : 0) }
  const { order } = now
  const sequence = isItem ? now.sequence : null
  await transaction.objectStore('installation').put(now, only)
  await transaction.objectStore('outbox').put({ key, owner, order, sequence, at, maybeSent, value })
  for (const { photo, bytes, origin } of files) {
    const place = photoKey(owner, photo.id)
    const known = await transaction.objectStore('photos').get(place)
    const begun = { announced: false, confirmed: false, refusal: null, shown: false, entries: [] }
    const one = known ?? { ...photo, ...begun, key: place, owner, order, at, origin }
    await transaction.objectStore('photos').put({ ...one, entries: [...one.entries, key] })
    if (!known) await transaction.objectStore('photoBytes').put(bytes, place)
  }
  if (draft) await transaction.objectStore('drafts').delete(draft)
  await transaction.done
  return { key, owner, order, at, job: completed(job, key, sequence ?? 0, at), photos: shown, refusal, maybeSent }
}
