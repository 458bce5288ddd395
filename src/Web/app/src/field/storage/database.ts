import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { OutboxEntry } from '../outbox/outboxEntry'

/** What this phone keeps: what waits to be sent, what is being typed, and what it takes to report without a signal. */
interface Kept extends DBSchema {
  outbox: { key: string; value: OutboxEntry; indexes: { owner: string } }
  drafts: { key: string; value: unknown }
  /** Things the server said that never concern a person: the catalogue, names of areas. */
  facts: { key: string; value: unknown }
}

export type Database = IDBPDatabase<Kept>

let opening: Promise<Database> | null = null

export function database(): Promise<Database> {
  opening ??= openDB<Kept>('gridactors.field', 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'key' }).createIndex('owner', 'owner')
      db.createObjectStore('drafts')
      db.createObjectStore('facts')
    },
    terminated: () => (opening = null),
  })
  opening.catch(() => (opening = null))
  return opening
}
