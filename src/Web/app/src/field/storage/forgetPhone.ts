import { database } from './database'
import { forgetSeen } from './lastSeen'
import { destroyKeys } from './phoneKeys'

/**
 * Makes what this phone keeps unreadable, because its session has ended: by signing out, by time, or because somebody ended it from afar.
 * What waits to be sent stays sealed until the same person has signed in again.
 */
export async function forgetPhone(): Promise<void> {
  const db = await database()
  const waits = new Set<string>()
  for (const store of ['outbox', 'photos'] as const) for (const { owner } of await db.getAll(store)) waits.add(owner)
  await destroyKeys(waits)
  await forgetSeen()
}
