import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { CaseView, HistoryEntry, Page } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useCase } from './useCase'
import { useCaseChanges, type CaseHandlers } from '@/live/useCaseChanges'

vi.mock('@/http/api', () => ({ api: { case: vi.fn(), history: vi.fn() } }))
vi.mock('@/session/sessionStore', () => ({ useSession: () => ({ me: { id: 'me', name: '张三' } }) }))
vi.mock('@/live/useCaseChanges', () => ({ useCaseChanges: vi.fn() }))

const view = (version: number, id = 'a') => ({ id, version }) as CaseView
const page = (from: number, to: number, next: string | null): Page<HistoryEntry> => ({
  items: Array.from({ length: to - from }, (_, n) => ({ sequence: from + n }) as HistoryEntry),
  next,
})

function opened() {
  const open = effectScope().run(() => useCase(ref('a')))!
  const handlers = vi.mocked(useCaseChanges).mock.lastCall![1] as CaseHandlers
  return { open, handlers }
}

describe('an open case', () => {
  beforeEach(() => {
    setActivePinia(createPinia())
    vi.mocked(api.case).mockReset().mockResolvedValue(view(3))
    vi.mocked(api.history)
      .mockReset()
      .mockResolvedValue(page(0, 3, null))
  })

  it('shows what changed between reading it and watching it', async () => {
    const { open, handlers } = opened()
    await vi.waitFor(() => expect(open.view.data.value?.version).toBe(3))
    handlers.onView(view(4))
    expect(open.view.data.value?.version).toBe(4)
    expect(api.history).toHaveBeenCalledTimes(2)
  })

  it('is not read again when watching begins with what was read', async () => {
    const { open, handlers } = opened()
    await vi.waitFor(() => expect(open.view.data.value?.version).toBe(3))
    handlers.onView(view(3))
    expect(api.history).toHaveBeenCalledTimes(1)
  })

  it('keeps a newer version when an older answer arrives late', async () => {
    let arrive = (_: CaseView) => {}
    vi.mocked(api.case).mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)))
    const { open, handlers } = opened()
    handlers.onView(view(5))
    arrive(view(4))
    await vi.waitFor(() => expect(open.view.loading.value).toBe(false))
    expect(open.view.data.value?.version).toBe(5)
  })

  it('reads its history page by page, a thousand steps at once and the others when asked', async () => {
    vi.mocked(api.history).mockImplementation(async (_, cursor) => {
      const from = Number(cursor ?? 0)
      return page(from, Math.min(1150, from + 100), from + 100 < 1150 ? String(from + 100) : null)
    })
    const { open } = opened()
    await vi.waitFor(() => expect(open.history.data.value?.entries).toHaveLength(1000))
    expect(open.history.data.value?.next).toBe('1000')
    await open.readOn()
    expect(open.history.data.value?.entries.map((entry) => entry.sequence)).toEqual(Array.from(Array(1150).keys()))
    expect(open.history.data.value?.next).toBeNull()
    await open.history.reload()
    expect(open.history.data.value?.entries).toHaveLength(1150)
  })
})
