import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { forgetSeen, lastSeen, removeSeen, storeSeen } from './lastSeen'

beforeEach(() => forgetSeen())

it('gives back what the same person saw last, with its time', async () => {
  await storeSeen('liling/a', 'case/1', { title: '井盖' }, 1000)
  await storeSeen('liling/a', 'case/1', { title: '井盖碎了' }, 2000)
  expect(await lastSeen('liling/a', 'case/1')).toEqual({ at: 2000, value: { title: '井盖碎了' } })
  expect(await lastSeen('liling/b', 'case/1')).toBeNull()
})

it('forgets everything at sign-out, and others when somebody else signs in', async () => {
  await storeSeen('liling/a', 'inbox', [])
  await storeSeen('liling/b', 'inbox', [])
  await forgetSeen('liling/b')
  expect(await lastSeen('liling/a', 'inbox')).toBeNull()
  expect(await lastSeen('liling/b', 'inbox')).not.toBeNull()
  await forgetSeen()
  expect(await lastSeen('liling/b', 'inbox')).toBeNull()
})

it('lets the things seen longest ago give way', async () => {
  for (let n = 0; n < 1202; n++) await storeSeen('liling/a', `case/${n}`, n, n)
  expect(await lastSeen('liling/a', 'case/1')).toBeNull()
  expect(await lastSeen('liling/a', 'case/2')).toEqual({ at: 2, value: 2 })
}, 30_000)

it('removes one thing', async () => {
  await storeSeen('liling/a', 'case/1', 1)
  await removeSeen('liling/a', 'case/1')
  expect(await lastSeen('liling/a', 'case/1')).toBeNull()
})
