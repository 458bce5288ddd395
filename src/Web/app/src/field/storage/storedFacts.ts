import { database } from './database'

/** What the server said the last time, for a start without a signal. */
export async function storedFact<T>(name: string): Promise<T | null> {
  const kept = await database()
    .then((db) => db.get('facts', name))
    .catch(() => undefined)
  return (kept as T | undefined) ?? null
}

export async function storeFact(name: string, value: unknown): Promise<void> {
  // A browser that keeps nothing reads it again next time.
  await database()
    .then((db) => db.put('facts', value, name))
    .catch(() => {})
}
