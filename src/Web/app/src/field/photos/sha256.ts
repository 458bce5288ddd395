const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The SHA-256 of some bytes, in hex. Browsers lend theirs to secure pages only; an office may open the page over plain http. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  if (globalThis.crypto?.subtle) return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  return hexOf(slowly(new Uint8Array(bytes)))
}

/** The first 32 bits of the fractional parts of the roots of the first primes. */
function roots(count: number, root: (prime: number) => number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) {
    let isPrime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) isPrime = false
    if (isPrime) found.push(((root(n) % 1) * 2 ** 32) | 0)
  }
  return found
}
const K = roots(64, Math.cbrt)
const start = roots(8, Math.sqrt)
const turn = (x: number, by: number): number => (x >>> by) | (x << (32 - by))

export function slowly(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0)
  const state = Int32Array.from(start)
  const w = new Int32Array(64)
  for (let at = 0; at < padded.length; at += 64) {
    for (let n = 0; n < 64; n++) {
      if (n < 16) {
        w[n] = view.getInt32(at + n * 4)
        continue
      }
      const [a, b] = [w[n - 15]!, w[n - 2]!]
      w[n] =
        (w[n - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[n - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
    for (let n = 0; n < 64; n++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[n]! + w[n]!) | 0
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
    }
    ;[a, b, c, d, e, f, g, h].forEach((value, n) => (state[n] = (state[n]! + value) | 0))
  }
  const out = new DataView(new ArrayBuffer(32))
  state.forEach((value, n) => out.setInt32(n * 4, value))
  return new Uint8Array(out.buffer)
}
