import { database, type Seen } from './database'
import { seal, unseal } from './phoneKeys'

/** How many things are stored. The ones seen longest ago give way. */
const maxStored = 1200

const keyOf = (owner: string, name: string): string => `${owner}/${name}`

/** Stores what the server said, for reading without a signal. */
export async function storeSeen(owner: string, name: string, value: unknown, at = Date.now()): Promise<void> {
  try {
    // Nothing else may be awaited in a transaction.
    const kept = { owner, at, value: await seal(owner, { of: value }) }
    const store = (await database()).transaction('seen', 'readwrite').store
    await store.put(kept, keyOf(owner, name))
    const surplus = (await store.count()) - maxStored
    let oldest = surplus > 0 ? await store.index('at').openCursor() : null
    for (let n = 0; n < surplus && oldest; n++) {
      await oldest.delete()
      oldest = await oldest.continue()
    }
  } catch {
    // A phone that can't store it reads it from the server next time.
  }
}

/** What this person last saw, and when the server said it. Null when nothing is stored. */
export async function lastSeen<T>(owner: string, name: string): Promise<{ at: number; value: T } | null> {
  const kept: Seen | undefined = await database()
    .then((db) => db.get('seen', keyOf(owner, name)))
    .catch(() => undefined)
  if (!kept || kept.owner !== owner) return null
  const value = await unseal<{ of: T }>(owner, kept.value)
  return value === null ? null : { at: kept.at, value: value.of }
}

export async function removeSeen(owner: string, name: string): Promise<void> {
  await database()
    .then((db) => db.delete('seen', keyOf(owner, name)))
    .catch(() => {})
}

/** Removes what others than this person have seen; with null, what anybody has. */
export async function forgetSeen(exceptOf: string | null = null): Promise<void> {
  try {
    const store = (await database()).transaction('seen', 'readwrite').store
    if (exceptOf === null) return await store.clear()
    for (let one = await store.openCursor(); one; one = await one.continue())
      if (one.value.owner !== exceptOf) await one.delete()
  } catch {
    // There is no storage, so nothing is in it.
  }
}
