import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { OutboxEntry } from '../outbox/outboxEntry'

/** What was last seen of one thing, such as a case, and when the server said it. */
export interface Seen {
  owner: string
  at: number
  value: unknown
}

/** What is stored on this phone: the outbox, drafts, the facts that a report without a signal needs, and what was last seen. */
interface Kept extends DBSchema {
  outbox: { key: string; value: OutboxEntry; indexes: { owner: string } }
  drafts: { key: string; value: unknown }
  /** Answers of the server that hold nothing personal: the catalogue, lists of category codes. */
  facts: { key: string; value: unknown }
  /** To-dos, cases and grids for reading without a signal. Removed at sign-out. */
  seen: { key: string; value: Seen; indexes: { at: number } }
}

export type Database = IDBPDatabase<Kept>

let opening: Promise<Database> | null = null

export function database(): Promise<Database> {
  opening ??= openDB<Kept>('gridactors.field', 2, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore('outbox', { keyPath: 'key' }).createIndex('owner', 'owner')
        db.createObjectStore('drafts')
        db.createObjectStore('facts')
      }
      if (before < 2) db.createObjectStore('seen').createIndex('at', 'at')
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
