import type { EntryPhoto, KeptPhoto, PhotoOriginal, Refusal } from '../outbox/outboxEntry'
import { sha256 } from './sha256'

/** A photo that the server hasn't confirmed yet. It stays on this phone until the server has told its hash. */
export interface OwedPhoto extends EntryPhoto {
  /** Owner and id. */
  key: string
  owner: string
  /** The entries that show it, as long as they wait. */
  entries: string[]
  /** An entry that shows it has arrived, so it must follow. */
  shown: boolean
  order: number
  /** When it was taken into the queue, by the clock of the phone. */
  at: number
  original?: PhotoOriginal
  /** The server knows that it comes: what shows it may be sent. */
  announced: boolean
  /** The server has told its hash. It stays for as long as an entry waits, which may be changed and sent anew. */
  confirmed: boolean
  /** Some of it may have arrived. */
  begun?: boolean
  refusal: Refusal | null
}

export const photoKey = (owner: string, id: string): string => `${owner}/${id}`

/** The photos of a form as they are kept: by their hash, each once. */
export async function named(
  photos: KeptPhoto[],
): Promise<(EntryPhoto & { bytes: ArrayBuffer; original?: PhotoOriginal })[]> {
  const all = await Promise.all(
    photos.map(async ({ bytes, type, original }) => ({
      id: await sha256(bytes),
      size: bytes.byteLength,
      type,
      bytes,
      ...(original && { original }),
    })),
  )
  return all.filter(({ id }, n) => all.findIndex((one) => one.id === id) === n)
}
