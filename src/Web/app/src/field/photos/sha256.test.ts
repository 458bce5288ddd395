import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { sha256, slowly } from './sha256'

it.each([0, 1, 55, 56, 63, 64, 65, 1000, 100_003])(
  'is the SHA-256 of %i bytes, with and without the browser',
  async (n) => {
    const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 31 + 7) & 255)
    const expected = createHash('sha256').update(bytes).digest('hex')
    expect(await sha256(bytes.buffer)).toBe(expected)
    expect(Buffer.from(slowly(bytes)).toString('hex')).toBe(expected)
  },
)
