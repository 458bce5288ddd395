import { newKey } from '@/http/newKey'
import { database, type Installation } from '../storage/database'
import { named, photoKey, type OwedPhoto } from '../photos/owedPhotos'
import { newItemId } from './dayItems'
import { completed, type KeptPhoto, type NewJob, type OutboxEntry, type SentEntry } from './outboxEntry'
import type { OutboxStore } from './outbox'

/** How much of what has arrived is remembered. */
const mostSent = 100

export const outboxDb: OutboxStore & { sent: (owner: string) => Promise<SentEntry[]> } = {
  async list(owner) {
    const entries = await (await database()).getAllFromIndex('outbox', 'owner', owner)
    return entries.sort((a, b) => a.order - b.order)
  },
  async update(entries) {
    const transaction = (await database()).transaction('outbox', 'readwrite')
    for (const entry of entries)
      if ((await transaction.store.getKey(entry.key)) !== undefined) await transaction.store.put(entry)
    await transaction.done
  },
  async delivered(entries) {
    const transaction = (await database()).transaction(['outbox', 'photos', 'photoBytes', 'sent'], 'readwrite')
    const photos = transaction.objectStore('photos')
    for (const entry of entries) {
      const kept = await transaction.objectStore('outbox').get(entry.key)
      await transaction.objectStore('outbox').delete(entry.key)
      await transaction.objectStore('sent').put(entry)
      for (const { id } of kept?.photos ?? []) {
        const photo = await photos.get(photoKey(entry.owner, id))
        if (!photo) continue
        const left = { ...photo, entries: photo.entries.filter((key) => key !== entry.key), shown: true }
        await (isDone(left) ? drop(transaction, left.key) : photos.put(left))
      }
    }
    const sent = transaction.objectStore('sent')
    const keys = await sent.index('owner').getAll(entries[0]!.owner)
    keys.sort((a, b) => b.sentAt - a.sentAt || b.order - a.order)
    for (const { key } of keys.slice(mostSent)) await sent.delete(key)
    await transaction.done
  },
  async remove(key) {
    const transaction = (await database()).transaction(['outbox', 'photos', 'photoBytes'], 'readwrite')
    const photos = transaction.objectStore('photos')
    const entry = await transaction.objectStore('outbox').get(key)
    await transaction.objectStore('outbox').delete(key)
    for (const { id } of entry?.photos ?? []) {
      const photo = await photos.get(photoKey(entry!.owner, id))
      if (!photo) continue
      const left = { ...photo, entries: photo.entries.filter((one) => one !== key) }
      await (isDone(left) ? drop(transaction, left.key) : photos.put(left))
    }
    await transaction.done
  },
  async photos(owner) {
    const photos = await (await database()).getAllFromIndex('photos', 'owner', owner)
    return photos.sort((a, b) => a.size - b.size || a.order - b.order)
  },
  async bytes(photo) {
    return (await (await database()).get('photoBytes', photo.key)) ?? null
  },
  async updatePhotos(changed) {
    const transaction = (await database()).transaction(['photos', 'photoBytes'], 'readwrite')
    const photos = transaction.objectStore('photos')
    for (const photo of changed) {
      // Whatever waits for it may have changed meanwhile.
      const now = await photos.get(photo.key)
      if (!now) continue
      const next = { ...photo, entries: now.entries, shown: now.shown }
      await (isDone(next) ? drop(transaction, next.key) : photos.put(next))
    }
    await transaction.done
  },
  async removePhoto(key) {
    const transaction = (await database()).transaction(['photos', 'photoBytes'], 'readwrite')
    await drop(transaction, key)
    await transaction.done
  },
  async sent(owner) {
    const entries = await (await database()).getAllFromIndex('sent', 'owner', owner)
    return entries.sort((a, b) => b.sentAt - a.sentAt || b.order - a.order)
  },
}

/** Nothing shows it and it needn't be uploaded, or the server has it. */
const isDone = (photo: OwedPhoto): boolean => photo.entries.length === 0 && (photo.confirmed || !photo.shown)

async function drop(
  transaction: { objectStore: (name: 'photos' | 'photoBytes') => { delete?: (key: string) => Promise<void> } },
  key: string,
): Promise<void> {
  await transaction.objectStore('photos').delete!(key)
  await transaction.objectStore('photoBytes').delete!(key)
}

/** The photos of an entry, as a form takes them. */
export async function photosOf(entry: OutboxEntry): Promise<KeptPhoto[]> {
  const db = await database()
  const all = await Promise.all(
    entry.photos.map(async ({ id, type }): Promise<KeptPhoto[]> => {
      const place = photoKey(entry.owner, id)
      const [photo, bytes] = await Promise.all([db.get('photos', place), db.get('photoBytes', place)])
      return bytes ? [{ bytes, type, id: null, ...(photo?.original && { original: photo.original }) }] : []
    }),
  )
  return all.flat()
}

/** An entry that an earlier version of this page has stored, with its photos' bytes in it. */
interface EarlierEntry {
  key: string
  owner: string
  at: number
  job: OutboxEntry['job']
  photos: KeptPhoto[]
  refusal: OutboxEntry['refusal']
}

/** Takes over what an earlier version of this page has left to be sent. What it had uploaded already is uploaded again, which changes nothing. */
export async function adoptEarlier(): Promise<void> {
  const entries = (await (await database()).getAll('outbox')) as unknown as (EarlierEntry & { order?: number })[]
  const earlier = entries.filter(({ order }) => order === undefined).sort((a, b) => a.at - b.at)
  for (const { key, owner, at, job, photos, refusal } of earlier)
    await enqueue(owner, job, photos, null, { at, key, refusal, maybeSent: true })
}

/** What this phone is called, and the numbers that count up on it. */
export async function installation(): Promise<Installation> {
  const transaction = (await database()).transaction('installation', 'readwrite')
  const now = (await transaction.store.get(only)) ?? { device: newKey(), order: 0, sequence: 0 }
  await transaction.store.put(now, only)
  await transaction.done
  return now
}
const only = 'this'

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
  const kept = await named(photos)
  const transaction = (await database()).transaction(
    ['outbox', 'photos', 'photoBytes', 'installation', 'drafts'],
    'readwrite',
  )
  const before = (await transaction.objectStore('installation').get(only)) ?? {
    device: newKey(),
    order: 0,
    sequence: 0,
  }
  const now = { ...before, order: before.order + 1, sequence: before.sequence + ('item' in job ? 1 : 0) }
  const entry: OutboxEntry = {
    key,
    owner,
    order: now.order,
    at,
    job: completed(job, key, now.sequence, at),
    photos: kept.map(({ id, size, type }) => ({ id, size, type })),
    refusal: given.refusal ?? null,
    maybeSent: given.maybeSent ?? false,
  }
  await transaction.objectStore('installation').put(now, only)
  await transaction.objectStore('outbox').put(entry)
  for (const { bytes, ...photo } of kept) {
    const place = photoKey(owner, photo.id)
    const known = await transaction.objectStore('photos').get(place)
    await transaction.objectStore('photos').put({
      ...(known ?? {
        ...photo,
        key: place,
        owner,
        order: now.order,
        announced: false,
        confirmed: false,
        refusal: null,
        shown: false,
      }),
      entries: [...(known?.entries ?? []), key],
    })
    if (!known) await transaction.objectStore('photoBytes').put(bytes, place)
  }
  if (draft) await transaction.objectStore('drafts').delete(draft)
  await transaction.done
  return entry
}
