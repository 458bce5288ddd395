import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { database } from './database'
import { destroyKeys, seal, takeKey, unseal } from './phoneKeys'
import { packed, unpacked } from './sealing'

const [me, other] = ['liling/a', 'liling/b']
const keys = { [me]: btoa('a'.repeat(32)), [other]: btoa('b'.repeat(32)) }
const signIn = (owner: string) => takeKey(owner, async () => keys[owner]!)

beforeEach(async () => {
  await destroyKeys(new Set())
})

it('packs values with bytes in them', () => {
  const bytes = (...all: number[]) => new Uint8Array(all).buffer
  const value = { text: '井盖', photos: [{ bytes: bytes(1, 2, 3), id: null }, { bytes: bytes() }], none: null }
  expect(unpacked(packed(value).buffer)).toEqual(value)
  expect(unpacked(packed(bytes(9)).buffer)).toEqual(bytes(9))
})

describe('what a phone keeps', () => {
  it('is opened by the same person, not by another, and stands nowhere in clear', async () => {
    await signIn(me)
    await signIn(other)
    const one = await seal(me, { name: '张三丰' })
    expect(await unseal(me, one)).toEqual({ name: '张三丰' })
    expect(await unseal(other, one)).toBeNull()
    expect(new TextDecoder().decode((one as { data: ArrayBuffer }).data)).not.toContain('张三丰')
  })

  it('cannot be opened once the session has ended, and can be when the same person has signed in again', async () => {
    await signIn(me)
    const one = await seal(me, 'household')
    await destroyKeys(new Set([me]))
    expect(await unseal(me, one)).toBeNull()
    expect(await (await database()).count('keys')).toBe(0)
    await signIn(me)
    expect(await unseal(me, one)).toBe('household')
  })

  it('has a key that nothing can export', async () => {
    await signIn(me)
    const { key } = (await (await database()).getAll('keys'))[0]!
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  })

  it('is not lost when the server could not be asked for the key, for as long as something waits', async () => {
    const one = await seal(me, 'report')
    await destroyKeys(new Set([me]))
    expect(await unseal(me, one)).toBe('report')
    await destroyKeys(new Set())
    expect(await unseal(me, one)).toBeNull()
  })
})
