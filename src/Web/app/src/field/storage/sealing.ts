/** A value that only its key opens. Without a secure page the browser lends no cipher, and the value stands in clear. */
export type Sealed = { by: string; iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer } | { by: null; value: unknown }

/** Seals a value: what JSON can say, and bytes anywhere in it. */
export async function sealWith(key: { id: string; key: CryptoKey } | null, value: unknown): Promise<Sealed> {
  if (!key) return { by: null, value }
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { by: key.id, iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key.key, packed(value)) }
}

/** @throws DOMException when it was sealed with another key, or changed. */
export async function openWith<T>(key: CryptoKey | null, one: Sealed): Promise<T> {
  if (one.by === null) return one.value as T
  if (!key) throw new DOMException('The key is gone.', 'OperationError')
  return unpacked(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: one.iv }, key, one.data)) as T
}

const mark = '$bytes'

/** The length of the JSON, the JSON, and all bytes that it refers to, each with its length. */
export function packed(value: unknown): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const json = JSON.stringify(value, (_, one: unknown) => {
    if (!(one instanceof ArrayBuffer)) return one
    parts.push(new Uint8Array(one))
    return { [mark]: parts.length - 1 }
  })
  const all = [new TextEncoder().encode(json ?? 'null'), ...parts]
  const out = new Uint8Array(all.reduce((sum, part) => sum + 4 + part.length, 0))
  const view = new DataView(out.buffer)
  let at = 0
  for (const part of all) {
    view.setUint32(at, part.length)
    out.set(part, at + 4)
    at += 4 + part.length
  }
  return out
}

export function unpacked(bytes: ArrayBuffer): unknown {
  const view = new DataView(bytes)
  const parts: ArrayBuffer[] = []
  for (let at = 0; at < bytes.byteLength;) {
    const length = view.getUint32(at)
    parts.push(bytes.slice(at + 4, at + 4 + length))
    at += 4 + length
  }
  return JSON.parse(new TextDecoder().decode(parts[0]), (_, one: unknown) =>
    one !== null && typeof one === 'object' && mark in one && typeof one[mark] === 'number'
      ? parts[one[mark] + 1]
      : one,
  )
}
