import { newKey } from '@/http/newKey'
import { database } from './database'
import { openWith, sealWith, type Sealed } from './sealing'

/**
 * The keys with which this phone seals what it keeps of a person. The server has one for each person: the phone destroys its copy when the
 * session ends and gets it again when the person signs in, so that what waited to be sent isn't lost and nobody else can read it. Before the
 * server could be asked, a key of this phone stands in.
 */
export interface StoredKey {
  /** Owner and id. */
  place: string
  owner: string
  id: string
  /** Never leaves the browser: it can't be exported. */
  key: CryptoKey
}

const server = 'server'
const placeOf = (owner: string, id: string): string => `${owner}#${id}`
const canSeal = (): boolean => Boolean(globalThis.crypto?.subtle)

/** Read once for each window. What another window has destroyed is noticed by `keysGone`. */
const held = new Map<string, StoredKey>()

async function stored(owner: string, id: string): Promise<StoredKey | null> {
  const place = placeOf(owner, id)
  const known = held.get(place) ?? (await (await database()).get('keys', place)) ?? null
  if (known) held.set(place, known)
  return known
}

/** Takes the person's key from the server, unless the phone has it. */
export async function takeKey(owner: string, ask: () => Promise<string>): Promise<void> {
  if (!canSeal() || (await stored(owner, server))) return
  const bytes = Uint8Array.from(atob(await ask()), (one) => one.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
  bytes.fill(0)
  const place = placeOf(owner, server)
  await (await database()).put('keys', { place, owner, id: server, key })
}

async function keyFor(owner: string): Promise<StoredKey | null> {
  if (!canSeal()) return null
  return (await stored(owner, server)) ?? (await localKey(owner))
}

async function localKey(owner: string): Promise<StoredKey> {
  const known = (await (await database()).getAllFromIndex('keys', 'owner', owner)).find(({ id }) => id !== server)
  if (known) return known
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const id = newKey()
  const made = { place: placeOf(owner, id), owner, id, key }
  await (await database()).put('keys', made)
  return made
}

export async function seal(owner: string, value: unknown): Promise<Sealed> {
  return sealWith(await keyFor(owner), value)
}

/** The value; null when its key has been destroyed, or is the server's and not here. */
export async function unseal<T>(owner: string, one: Sealed): Promise<T | null> {
  try {
    return await openWith<T>(one.by === null ? null : ((await stored(owner, one.by))?.key ?? null), one)
  } catch {
    return null
  }
}

/**
 * Destroys what opens anything on this phone. The phone's own stand-in stays for as long as something waits that was sealed with it, because
 * nobody could give it back.
 * @param waits The owners of whom something waits to be sent.
 */
export async function destroyKeys(waits: ReadonlySet<string>): Promise<void> {
  keysGone()
  const db = await database()
  for (const { place, owner, id } of await db.getAll('keys'))
    if (id === server || !waits.has(owner)) await db.delete('keys', place)
}

export const keysGone = (): void => held.clear()
