import 'fake-indexeddb/auto'
import { beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref, shallowRef } from 'vue'
import { forgetSeen, lastSeen, storeSeen } from './lastSeen'
import { useLastSeen } from './useLastSeen'

vi.mock('@/session/sessionStore', () => ({ useSession: () => ({ me: {} }) }))
const session = vi.hoisted(() => ({ signedOut: { value: false } }))
vi.mock('../fieldSession', async () => {
  const { ref } = await import('vue')
  session.signedOut = ref(false)
  return { ownerOf: () => owner, signedOut: session.signedOut }
})
vi.stubGlobal('window', new EventTarget())
vi.stubGlobal('document', new EventTarget())

const owner = 'liling/a'

beforeEach(() => forgetSeen())

it('stores what arrives before it is known whether it may be stored', async () => {
  const history = shallowRef<string[] | null>(null)
  const confidential = ref<boolean>()
  const scope = effectScope()
  scope.run(() =>
    useLastSeen(ref('history/1'), history, (read) => (confidential.value === undefined ? undefined : read)),
  )

  history.value = ['reported']
  await vi.waitFor(async () => expect(await lastSeen(owner, 'history/1')).toBeNull())
  confidential.value = false

  await vi.waitFor(async () => expect((await lastSeen(owner, 'history/1'))?.value).toEqual(['reported']))
  scope.stop()
})

it('removes what was stored when it turns out to be confidential', async () => {
  await storeSeen(owner, 'history/1', ['reported'])
  const history = shallowRef<string[] | null>(null)
  const scope = effectScope()
  scope.run(() => useLastSeen(ref('history/1'), history, () => null))

  history.value = ['reported', 'claimed']

  await vi.waitFor(async () => expect(await lastSeen(owner, 'history/1')).toBeNull())
  scope.stop()
})

it('keeps what was stored while it is not known whether it may be', async () => {
  await storeSeen(owner, 'history/1', ['reported'])
  const history = shallowRef<string[] | null>(null)
  const scope = effectScope()
  const { shown } = scope.run(() => useLastSeen(ref('history/1'), history, () => undefined))!
  await vi.waitFor(() => expect(shown.value).toEqual(['reported']))

  history.value = ['reported', 'claimed']
  scope.stop()

  expect((await lastSeen(owner, 'history/1'))?.value).toEqual(['reported'])
})

it('shows nothing once the session has ended', () => {
  const history = shallowRef<string[] | null>(['reported'])
  const scope = effectScope()
  const { shown } = scope.run(() => useLastSeen(ref('history/1'), history))!
  expect(shown.value).toEqual(['reported'])

  session.signedOut.value = true

  expect(shown.value).toBeNull()
  session.signedOut.value = false
  scope.stop()
})
