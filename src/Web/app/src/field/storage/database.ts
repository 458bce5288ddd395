import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { StoredEntry, StoredPhoto, StoredSent } from '../outbox/outboxDb'
import type { StoredKey } from './phoneKeys'
import type { Sealed } from './sealing'

/** What was last seen of one thing, such as a case, and when the server said it. */
export interface Seen {
  owner: string
  at: number
  value: Sealed
}

/** A form that is being filled in. */
export interface StoredDraft {
  owner: string
  value: Sealed
}

/** What counts up on this phone, and the name it has for the server. It stays when somebody signs out. */
export interface Installation {
  device: string
  /** Of the last entry of the outbox. */
  order: number
  /** Of the last item of a worker's day. */
  sequence: number
}

/** What is stored on this phone. Everything that says something of a person or a case is sealed (`phoneKeys.ts`). */
interface Kept extends DBSchema {
  outbox: { key: string; value: StoredEntry; indexes: { owner: string } }
  /** Photos that the server hasn't confirmed, and their bytes, which are read one by one. */
  photos: { key: string; value: StoredPhoto; indexes: { owner: string } }
  photoBytes: { key: string; value: Sealed }
  /** What has arrived lately. */
  sent: { key: string; value: StoredSent; indexes: { owner: string } }
  installation: { key: string; value: Installation }
  keys: { key: string; value: StoredKey; indexes: { owner: string } }
  drafts: { key: string; value: StoredDraft }
  /** Answers of the server that hold nothing personal: the catalogue, lists of category codes. */
  facts: { key: string; value: unknown }
  /** To-dos, cases and grids for reading without a signal. Removed at sign-out. */
  seen: { key: string; value: Seen; indexes: { at: number } }
}

export type Database = IDBPDatabase<Kept>

let opening: Promise<Database> | null = null

export function database(): Promise<Database> {
  opening ??= openDB<Kept>('gridactors.field', 3, {
    upgrade(db, before, _, transaction) {
      if (before < 1) {
        db.createObjectStore('outbox', { keyPath: 'key' }).createIndex('owner', 'owner')
        db.createObjectStore('drafts')
        db.createObjectStore('facts')
      }
      if (before < 2) db.createObjectStore('seen').createIndex('at', 'at')
      if (before < 3) {
        db.createObjectStore('photos', { keyPath: 'key' }).createIndex('owner', 'owner')
        db.createObjectStore('photoBytes')
        db.createObjectStore('sent', { keyPath: 'key' }).createIndex('owner', 'owner')
        db.createObjectStore('installation')
        db.createObjectStore('keys', { keyPath: 'place' }).createIndex('owner', 'owner')
        // What earlier versions kept in clear is read from the server again.
        if (before === 2) void transaction.objectStore('seen').clear()
      }
    },
    // Another window has loaded a newer page and waits for this connection to end.
    blocking: (_, __, event) => {
      ;(event.target as IDBDatabase).close()
      opening = null
    },
    terminated: () => (opening = null),
  })
  opening.catch(() => (opening = null))
  return opening
}
