import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CaseView, Position } from '@/http/apiTypes'
import { ApiError } from '@/http/httpClient'
import { database } from '../storage/database'
import { newEntry, type OutboxEntry, type KeptPhoto, type ReportJob } from './outboxEntry'
import { Outbox, waitAfter, type Delivery } from './outbox'
import { enqueue, outboxDb } from './outboxDb'

const me = 'liling/ll-1'
const report = (title: string, more: Partial<ReportJob> = {}): ReportJob => ({
  kind: 'report',
  category: 'water-outage',
  categoryName: '停水',
  title,
  position: null,
  area: 'grid-1',
  areaName: '第一网格',
  fallback: { area: 'grid-1', areaName: '第一网格' },
  ...more,
})
const photo = (): KeptPhoto => ({ bytes: new Uint8Array([1, 2]).buffer, type: 'image/jpeg', id: null })

/** A server that does each key once, and answers whatever is put into `answers` first. */
function server() {
  const done = new Map<string, string>()
  const calls: string[] = []
  const failures: { on: string; error: ApiError; after?: boolean }[] = []
  const fail = (on: string, status: number, code = '', after = false) =>
    failures.push({ on, error: new ApiError(status, code, ''), after })
  const take = (on: string, after: boolean) => {
    const index = failures.findIndex((failure) => on.startsWith(failure.on) && Boolean(failure.after) === after)
    if (index >= 0) throw failures.splice(index, 1)[0]!.error
  }
  const delivery: Delivery = {
    upload: async (_photo, key) => {
      calls.push(`photo ${key}`)
      take('photo', false)
      return `id-of-${key}`
    },
    areaAt: async (position: Position) => {
      calls.push('at')
      take('at', false)
      return position.lon > 113 ? { area: 'grid-9', areaName: '第九网格' } : null
    },
    send: async (entry) => {
      const { job } = entry
      const body = JSON.stringify([job, entry.photos.map((kept) => kept.id)])
      calls.push(`send ${entry.key}`)
      take(`send ${entry.key}`, false)
      const known = done.get(entry.key)
      if (known !== undefined && known !== body) throw new ApiError(422, 'idempotency-key-reused', '')
      done.set(entry.key, body)
      take(`send ${entry.key}`, true)
      return { id: entry.key } as CaseView
    },
  }
  return { done, calls, fail, delivery }
}

function setUp() {
  const there = server()
  const delivered: string[] = []
  const make = () =>
    new Outbox({
      store: outboxDb,
      delivery: there.delivery,
      onDelivered: (entry) => delivered.push(entry.key),
      onChange: () => {},
    })
  return { ...there, delivered, make, outbox: make() }
}

let at = 0
async function put(key: string, job = report(key), photos: KeptPhoto[] = [], owner = me): Promise<void> {
  await enqueue(newEntry(key, owner, ++at, job, photos), null)
}
const kept = async (): Promise<OutboxEntry[]> => outboxDb.list(me)

beforeEach(async () => {
  const db = await database()
  await Promise.all([db.clear('outbox'), db.clear('drafts')])
})

describe('exactly once', () => {
  it('removes an entry once it is sent', async () => {
    const { outbox, done, delivered } = setUp()
    await put('a')
    expect(await outbox.flush(me)).toEqual({ end: 'sent', retryAfter: null })
    expect([...done.keys()]).toEqual(['a'])
    expect(delivered).toEqual(['a'])
    expect(await kept()).toEqual([])
  })

  it('repeats with the same key and content when the answer was lost, also after a reload', async () => {
    const { outbox, make, done, calls, fail, delivered } = setUp()
    await put('a', report('a', { area: null, position: { lon: 113.5, lat: 27.6 } }), [photo(), photo()])
    fail('send a', 0, 'offline', true)
    expect((await outbox.flush(me)).end).toBe('unreachable')
    expect((await kept())[0]).toMatchObject({ maybeSent: true, job: { area: 'grid-9' } })
    expect((await make().flush(me)).end).toBe('sent')
    expect(done.size).toBe(1)
    expect(delivered).toEqual(['a'])
    expect(calls).toEqual(['at', 'photo a-0', 'photo a-1', 'send a', 'send a'])
  })

  it('goes on with the photo at which the network broke', async () => {
    const { outbox, calls, fail } = setUp()
    await put('a', report('a'), [photo(), photo()])
    await outboxDb.update({ ...(await kept())[0]!, photos: [{ ...photo(), id: 'there' }, photo()] })
    fail('photo', 0, 'offline')
    await outbox.flush(me)
    expect((await kept())[0]!.maybeSent).toBe(false)
    await outbox.flush(me)
    expect(calls).toEqual(['photo a-1', 'photo a-1', 'send a'])
  })

  it('stores the entry and removes its draft in one transaction', async () => {
    const db = await database()
    await db.put('drafts', { title: 'typed' }, 'draft')
    await enqueue(newEntry('a', me, 1, report('a'), []), 'draft')
    expect(await db.get('drafts', 'draft')).toBeUndefined()
    expect(await kept()).toHaveLength(1)
  })

  it('does not bring back what was discarded while it was being sent', async () => {
    const { delivery } = setUp()
    await put('a', report('a'), [photo()])
    const outbox = new Outbox({
      store: outboxDb,
      delivery: {
        ...delivery,
        upload: async () => {
          await outboxDb.remove('a')
          throw new ApiError(0, 'offline', '')
        },
      },
      onDelivered: () => {},
      onChange: () => {},
    })
    await outbox.flush(me)
    expect(await kept()).toEqual([])
  })
})

describe('order', () => {
  it('sends the oldest first', async () => {
    const { outbox, delivered } = setUp()
    for (const key of ['c', 'a', 'b']) await put(key)
    await outbox.flush(me)
    expect(delivered).toEqual(['c', 'a', 'b'])
  })

  it.each([0, 502, 503, 429])('keeps everything in its order while the server answers %i', async (status) => {
    const { outbox, delivered, fail, calls } = setUp()
    for (const key of ['a', 'b']) await put(key)
    fail('send a', status)
    expect((await outbox.flush(me)).end).toBe('unreachable')
    expect(calls).toEqual(['send a'])
    expect(await kept()).toHaveLength(2)
    await outbox.flush(me)
    expect(delivered).toEqual(['a', 'b'])
  })
})

describe('failures', () => {
  it.each([400, 403, 404, 409, 413, 422])('a refusal (%i) waits for the person and blocks nobody', async (status) => {
    const { outbox, delivered, fail, calls } = setUp()
    for (const key of ['a', 'b']) await put(key)
    fail('send a', status, 'not-your-area')
    expect((await outbox.flush(me)).end).toBe('sent')
    expect(delivered).toEqual(['b'])
    const [refused] = await kept()
    expect(refused).toMatchObject({ key: 'a', maybeSent: false, refusal: { status, code: 'not-your-area' } })
    await outbox.flush(me)
    expect(calls.filter((call) => call === 'send a')).toHaveLength(1)
    await outbox.retry(refused!)
    await outbox.flush(me)
    expect(delivered).toEqual(['b', 'a'])
  })

  it('goes on with the other entries when one fails with 500', async () => {
    const { outbox, delivered, fail } = setUp()
    for (const key of ['a', 'b']) await put(key)
    fail('send a', 500)
    expect((await outbox.flush(me)).end).toBe('unreachable')
    expect(delivered).toEqual(['b'])
    await outbox.flush(me)
    expect(delivered).toEqual(['b', 'a'])
  })

  it('an expired session stops at once, loses nothing and refuses nothing', async () => {
    const { outbox, delivered, fail, calls } = setUp()
    for (const key of ['a', 'b']) await put(key)
    fail('send a', 401, 'not-signed-in')
    expect((await outbox.flush(me)).end).toBe('signed-out')
    expect(calls).toEqual(['send a'])
    expect((await kept()).map((entry) => entry.refusal)).toEqual([null, null])
    await outbox.flush(me)
    expect(delivered).toEqual(['a', 'b'])
  })

  it('sends the entries of the signed-in person only', async () => {
    const { outbox, delivered } = setUp()
    await put('a', report('a'), [], 'liling/somebody-else')
    await put('b')
    await outbox.flush(me)
    expect(delivered).toEqual(['b'])
    expect(await outboxDb.list('liling/somebody-else')).toHaveLength(1)
  })

  it('reports to the own grid when the position lies outside', async () => {
    const { outbox, done } = setUp()
    await put('a', report('a', { area: null, position: { lon: 100, lat: 27 } }))
    await outbox.flush(me)
    expect(done.get('a')).toContain('"area":"grid-1"')
  })
})

it('waits longer after each failure, and as long as the server asks for', () => {
  expect([1, 2, 3, 9].map((failures) => waitAfter(failures, null))).toEqual([5000, 10_000, 20_000, 120_000])
  expect(waitAfter(1, 30)).toBe(30_000)
})
