import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { OutboxEntry } from '../outbox/outboxEntry'

/** What is stored on this phone: the outbox, drafts, and the facts that a report without a signal needs. */
interface Kept extends DBSchema {
  outbox: { key: string; value: OutboxEntry; indexes: { owner: string } }
  drafts: { key: string; value: unknown }
  /** Answers of the server that hold nothing personal: the catalogue, lists of category codes. */
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
