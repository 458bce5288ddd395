import 'fake-indexeddb/auto'
import { expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { database } from './database'
import { draftOf } from './drafts'
import { useStoredDraft } from './useStoredDraft'

vi.mock('@/session/sessionStore', () => ({ useSession: () => ({ me: {} }) }))
vi.mock('../fieldSession', () => ({ ownerOf: () => 'liling/a' }))
vi.stubGlobal('window', new EventTarget())
vi.stubGlobal('document', new EventTarget())

const open = async (key: string) => {
  const scope = effectScope()
  const stored = scope.run(() => useStoredDraft(key, () => ({ text: '' })))!
  await vi.waitFor(() => expect(stored.ready.value).toBe(true))
  return { scope, ...stored }
}
const taken = async (key: string): Promise<void> => void (await (await database()).delete('drafts', key))

it('is gone once it was handed over, also when it was being stored just then', async () => {
  const { draft, handOver, scope } = await open('one')
  draft.text = '井盖翻起'
  document.dispatchEvent(new Event('visibilitychange'))

  await handOver(async () => {
    // Otherwise it would be stored after it was taken.
    expect(await draftOf('liling/a', 'one')).toEqual({ text: '井盖翻起' })
    await taken('one')
  })
  scope.stop()

  expect(draft.text).toBe('')
  expect(await draftOf('liling/a', 'one')).toBeNull()
})

it('keeps everything when nothing took it over, and stores what was typed meanwhile', async () => {
  const { draft, handOver, scope } = await open('two')
  draft.text = '井盖'

  await expect(
    handOver(() => {
      draft.text = '井盖翻起'
      return Promise.reject(new Error('full'))
    }),
  ).rejects.toThrow('full')

  expect(draft.text).toBe('井盖翻起')
  await vi.waitFor(async () => expect(await draftOf('liling/a', 'two')).toEqual({ text: '井盖翻起' }))
  scope.stop()
})
