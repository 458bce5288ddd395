import { database } from '../storage/database'
import type { OutboxEntry } from './outboxEntry'
import type { OutboxStore } from './outbox'

export const outboxDb: OutboxStore = {
  async list(owner) {
    const entries = await (await database()).getAllFromIndex('outbox', 'owner', owner)
    return entries.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
  },
  async update(entry) {
    const transaction = (await database()).transaction('outbox', 'readwrite')
    if ((await transaction.store.getKey(entry.key)) !== undefined) await transaction.store.put(entry)
    await transaction.done
  },
  async remove(key) {
    await (await database()).delete('outbox', key)
  },
}

/** Stores an entry and removes its draft in one transaction, so that a reload in between neither loses nor doubles it. */
export async function enqueue(entry: OutboxEntry, draft: string | null): Promise<void> {
  const transaction = (await database()).transaction(['outbox', 'drafts'], 'readwrite')
  await transaction.objectStore('outbox').put(entry)
  if (draft) await transaction.objectStore('drafts').delete(draft)
  await transaction.done
}
