import { database } from './database'
import { seal, unseal } from './phoneKeys'

/** A form that was being filled in; null when there is none, or another person's. One that an earlier version stored is in clear. */
export async function draftOf<T>(owner: string, key: string): Promise<T | null> {
  const kept = await database()
    .then((db) => db.get('drafts', key))
    .catch(() => undefined)
  if (!kept) return null
  return kept.value && kept.owner ? unseal<T>(owner, kept.value) : (kept as unknown as T)
}

export async function removeDraft(key: string): Promise<void> {
  await (await database()).delete('drafts', key)
}

export async function storeDraft(owner: string, key: string, draft: unknown): Promise<void> {
  const value = await seal(owner, draft)
  await (await database()).put('drafts', { owner, value }, key)
}
