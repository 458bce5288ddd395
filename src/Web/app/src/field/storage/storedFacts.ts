import { database } from './database'

/** A value that was stored when the server last sent it, for a start without a signal. */
export async function storedFact<T>(name: string): Promise<T | null> {
  const kept = await database()
    .then((db) => db.get('facts', name))
    .catch(() => undefined)
  return (kept as T | undefined) ?? null
}

export async function storeFact(name: string, value: unknown): Promise<void> {
  // If the browser can't store it, the page reads it from the server next time.
  await database()
    .then((db) => db.put('facts', value, name))
    .catch(() => {})
}
