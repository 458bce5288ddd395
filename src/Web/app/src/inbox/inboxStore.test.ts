import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { CaseSummary, Inbox, InboxChange, InboxItem } from '@/http/apiTypes'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { useInbox } from './inboxStore'

vi.mock('@/http/api', () => ({ api: { inbox: vi.fn(), inboxSeen: vi.fn(), act: vi.fn() } }))
vi.mock('@/ui/drafts', () => ({ useDraft: (_: string, empty: () => object) => ({ draft: empty() }) }))
vi.mock('@/session/sessionStore', () => ({ useSession: () => ({ me: { id: 'me', name: '张三' } }) }))

const summary = (id: string, version = 1) =>
  ({ id, version, reportedAt: '2026-11-22T08:00:00+08:00', claimedAt: null }) as CaseSummary
const item = (id: string): InboxItem => ({ role: 'offered', unread: true, since: '', case: summary(id) })
const page = (ids: string[], next: string | null = null) =>
  ({ items: ids.map(item), counts: { offered: 132, mine: 0, watching: 0, reported: 0, unread: 0 }, next }) as Inbox
const change = (id: string, role: InboxChange['role']): InboxChange => ({
  role,
  caseId: id,
  unread: true,
  step: 'claimed',
  by: 'other',
  byName: '李四',
  case: summary(id, 2),
})

/** An answer that is on its way until it is let go. */
function underWay(answer: Inbox): () => void {
  let arrive = () => {}
  vi.mocked(api.inbox).mockReturnValueOnce(new Promise((resolve) => (arrive = () => resolve(answer))))
  return () => arrive()
}

describe('my inbox', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.mocked(api.inbox).mockReset()
    setActivePinia(createPinia())
  })

  it('keeps what is pushed while the list is on its way', async () => {
    const inbox = useInbox()
    const arrive = underWay(page(['a', 'b']))
    const loading = inbox.load()
    inbox.change(change('a', 'watching'))
    inbox.change(change('c', 'offered'))
    arrive()
    await loading
    expect(inbox.entries?.map((entry) => [entry.case.id, entry.role])).toEqual([
      ['a', 'watching'],
      ['b', 'offered'],
      ['c', 'offered'],
    ])
  })

  it('reads page by page to the end, keeps what is pushed meanwhile, and holds nothing twice', async () => {
    const inbox = useInbox()
    underWay(page(['a'], 'more'))()
    const arrive = underWay(page(['a', 'b']))
    const loading = inbox.load()
    await vi.waitFor(() => expect(inbox.entries).toHaveLength(1))
    expect(inbox.counts.offered).toBe(132)
    inbox.change(change('b', 'watching'))
    arrive()
    await loading
    expect(api.inbox).toHaveBeenLastCalledWith('more')
    expect(inbox.entries?.map((entry) => [entry.case.id, entry.role])).toEqual([
      ['a', 'offered'],
      ['b', 'watching'],
    ])
    expect(inbox.counts).toMatchObject({ offered: 1, watching: 1 })
  })

  it('says what is new since it was read, until it is opened or claimed', async () => {
    const inbox = useInbox()
    underWay(page(['a']))()
    await inbox.load()
    expect(inbox.arrivals).toEqual([])
    for (const id of ['b', 'c', 'd']) inbox.change(change(id, 'offered'))
    expect(inbox.arrivals).toEqual(['b', 'c', 'd'])
    inbox.open({ id: 'b', version: 2 })
    inbox.change({ ...change('c', 'watching'), case: summary('c', 3) })
    expect(inbox.arrivals).toEqual(['d'])
    expect(inbox.entries?.find((entry) => entry.case.id === 'b')?.unread).toBe(false)
  })

  it('finds what is new after the connection was lost', async () => {
    const inbox = useInbox()
    underWay(page(['a']))()
    await inbox.load()
    underWay(page(['a', 'b']))()
    await inbox.load()
    expect(inbox.arrivals).toEqual(['b'])
  })

  const outage = { from: '2026-11-22T07:00:00+08:00', until: '2026-11-22T09:40:00+08:00', cases: 312, yours: 1 }
  const breached = (id: string): InboxChange =>
    ({
      ...change(id, 'offered'),
      step: 'clock-breached',
      by: '_clock',
      case: {
        ...summary(id, 2),
        overdue: true,
        dueAt: '2026-11-22T08:30:00+08:00',
        updatedAt: '2026-11-22T09:40:00+08:00',
      },
    }) as InboxChange

  it('tells of an outage in one sentence, and raises no alarm for its clocks', async () => {
    const inbox = useInbox()
    underWay(page(['a', 'b']))()
    await inbox.load()
    inbox.change(breached('a'))
    expect(inbox.alarms).toEqual([])
    underWay({ ...page([]), outage })()
    await vi.advanceTimersByTimeAsync(3000)
    expect(inbox.outage).toEqual(outage)
    inbox.change(breached('b'))
    underWay({ ...page([]), outage })()
    await vi.advanceTimersByTimeAsync(3000)
    expect(inbox.alarms).toEqual([])
    vi.mocked(api.inboxSeen).mockResolvedValueOnce(undefined as never)
    await inbox.seen()
    expect(inbox.outage).toBeNull()
  })

  it('raises the alarm for a late clock where there was no outage', async () => {
    const inbox = useInbox()
    underWay(page(['a']))()
    await inbox.load()
    inbox.change(breached('a'))
    underWay({ ...page([]), outage: null })()
    await vi.advanceTimersByTimeAsync(3000)
    expect(inbox.alarms).toEqual(['a'])
  })

  it('moves what a colleague claimed once nobody points at it', async () => {
    const inbox = useInbox()
    underWay(page(['a']))()
    await inbox.load()
    inbox.paused = true
    inbox.change(change('a', 'watching'))
    vi.advanceTimersByTime(60_000)
    expect(inbox.entries?.[0]?.group).toBe('offered')
    inbox.paused = false
    vi.advanceTimersByTime(1000)
    expect(inbox.entries?.[0]?.group).toBe('watching')
  })

  it('says why a claim was refused until the case has moved on', async () => {
    const inbox = useInbox()
    underWay(page(['a']))()
    await inbox.load()
    vi.mocked(api.act).mockRejectedValueOnce(new ApiError(409, 'already-claimed', ''))
    expect(await inbox.claim('a')).toBeNull()
    inbox.change(change('a', 'watching'))
    expect(inbox.refusals.get('a')?.code).toBe('already-claimed')
    vi.advanceTimersByTime(6000)
    expect(inbox.refusals.size).toBe(0)
  })
})
