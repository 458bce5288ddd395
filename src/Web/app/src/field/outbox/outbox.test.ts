import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError } from '@/http/httpClient'
import { database } from '../storage/database'
import { draftOf, storeDraft } from '../storage/drafts'
import { Outbox, waitAfter } from './outbox'
import { adoptEarlier, enqueue, installation, outboxDb, photosOf } from './outboxDb'
import { checkIn, emptyPhone, kept, me, photo, put, report, setUp } from './outboxFake'
import type { VisitJob } from './outboxEntry'

beforeEach(emptyPhone)

describe('exactly once', () => {
  it('removes an entry once it is sent, and remembers that it was', async () => {
    const { outbox, done, delivered } = setUp()
    const { key } = await put('a')
    expect(await outbox.flush(me)).toEqual({ end: 'sent', retryAfter: null })
    expect([...done.keys()]).toEqual([key])
    expect(delivered).toEqual(['a'])
    expect(await kept()).toEqual([])
    expect(await outboxDb.sent(me)).toMatchObject([{ key, kind: 'report', label: 'a', caseId: 'id of a' }])
  })

  it('repeats with the same key and content when the answer was lost, also after a reload', async () => {
    const { outbox, make, done, calls, fail, delivered } = setUp()
    await put(report('a', { area: null, position: { lon: 113.5, lat: 27.6 } }), [photo(1), photo(2)])
    fail('send a', 0, 'offline', true)
    expect((await outbox.flush(me)).end).toBe('unreachable')
    expect((await kept())[0]).toMatchObject({ maybeSent: true, job: { area: 'grid-9' } })
    expect((await make().flush(me)).end).toBe('sent')
    expect(done.size).toBe(1)
    expect(delivered).toEqual(['a'])
    expect(calls).toEqual(['announce 2', 'at', 'send a', 'send a', 'photo of 2', 'photo of 2'])
  })

  it('stores the entry, its number and its photos, and removes its draft, in one transaction', async () => {
    await storeDraft(me, 'draft', { title: 'typed' })
    await enqueue(me, report('a'), [photo()], 'draft')
    expect(await draftOf(me, 'draft')).toBeNull()
    expect(await kept()).toHaveLength(1)
    expect(await outboxDb.photos(me)).toHaveLength(1)
    expect((await installation()).order).toBe(1)
  })

  it('does not bring back what was discarded while it was being sent', async () => {
    const { delivery } = setUp()
    const { key } = await put('a')
    const send = async () => {
      await outboxDb.remove(key)
      throw new ApiError(0, 'offline', '')
    }
    const outbox = new Outbox({
      store: outboxDb,
      delivery: { ...delivery, send },
      onDelivered: () => {},
      onChange: () => {},
    })
    await outbox.flush(me)
    expect(await kept()).toEqual([])
  })

  it('takes over what an earlier version of the page has left, with its photos and its keys', async () => {
    const earlier = {
      key: 'old',
      owner: me,
      at: 5,
      job: report('old'),
      photos: [photo()],
      refusal: null,
      maybeSent: true,
    }
    await (await database()).put('outbox', earlier as never)
    await adoptEarlier()
    expect(await kept()).toMatchObject([{ key: 'old', order: 1, at: 5, photos: [{ size: 2 }] }])
    const { outbox, done } = setUp()
    await outbox.flush(me)
    expect([...done.keys()]).toEqual(['old'])
  })
})

describe('order', () => {
  it('sends the oldest first, whatever the clock says', async () => {
    const { outbox, delivered } = setUp()
    await enqueue(me, report('c'), [], null, { at: 3000 })
    await enqueue(me, report('a'), [], null, { at: 1000 })
    await enqueue(me, report('b'), [], null, { at: 2000 })
    await outbox.flush(me)
    expect(delivered).toEqual(['c', 'a', 'b'])
  })

  it.each([0, 502, 503, 429])('keeps everything in its order while the server answers %i', async (status) => {
    const { outbox, delivered, fail, calls } = setUp()
    for (const title of ['a', 'b']) await put(title)
    fail('send a', status)
    expect((await outbox.flush(me)).end).toBe('unreachable')
    expect(calls).toEqual(['send a'])
    expect(await kept()).toHaveLength(2)
    await outbox.flush(me)
    expect(delivered).toEqual(['a', 'b'])
  })

  it('keeps the steps of one case in their order when one fails, and lets other cases go on', async () => {
    const { outbox, calls, fail } = setUp()
    const step = (caseTitle: string, caseId: string) =>
      ({ kind: 'step', caseId, caseTitle, action: 'progress', body: {} }) as const
    for (const [title, id] of [
      ['one', '1'],
      ['two', '1'],
      ['three', '2'],
    ] as const)
      await put(step(title, id))
    fail('send one', 500)
    await outbox.flush(me)
    expect(calls).toEqual(['send one', 'send three'])
  })

  it('sends items of one kind in one call, numbered as they were written, and long tracks after everything else', async () => {
    const { outbox, calls, done } = setUp()
    await put({ kind: 'track', label: 'track', item: { points: [] } })
    await put(checkIn('one'))
    await put('report')
    await put(checkIn('two'))
    await outbox.flush(me)
    expect(calls).toEqual(['send one two', 'send report', 'send track'])
    const items = [...done.values()].map((text) => (JSON.parse(text) as [{ item?: { sequence: number } }])[0].item)
    expect(items.map((item) => item?.sequence)).toEqual([2, 3, undefined, 1])
  })

  it('sends at most a hundred items in a call', async () => {
    const { outbox, calls } = setUp()
    for (let n = 0; n < 130; n++) await put(checkIn('x'))
    await outbox.flush(me)
    expect(calls.map((call) => call.split(' ').length - 1)).toEqual([100, 30])
  })
})

describe('photos', () => {
  it('go last, the smallest first, and leave the phone once the server has told their hash', async () => {
    const { outbox, calls, photos } = setUp()
    await put(checkIn('seen'), [photo(1, 300), photo(2, 20)])
    await put('report', [photo(3, 100)])
    await outbox.flush(me)
    expect(calls).toEqual(['announce 3', 'send seen', 'send report', 'photo of 20', 'photo of 100', 'photo of 300'])
    expect(photos.size).toBe(3)
    expect(await outboxDb.photos(me)).toEqual([])
    expect(await (await database()).count('photoBytes')).toBe(0)
  })

  it.each(['while the photos are announced', 'while a photo is uploaded'])(
    'wait for what is kept %s, and it waits for one of them at most',
    async (when) => {
      const { delivery, calls } = setUp()
      await put('early', [photo(1, 100), photo(2, 200)])
      let isKept = false
      const keep = async () => {
        if (!isKept) await put('late', [photo(3, 300)])
        isKept = true
      }
      const outbox = new Outbox({
        store: outboxDb,
        delivery: {
          ...delivery,
          announce: async (photos) => {
            const answers = await delivery.announce(photos)
            if (when === 'while the photos are announced') await keep()
            return answers
          },
          upload: async (one, bytes) => {
            await delivery.upload(one, bytes)
            await keep()
          },
        },
        onDelivered: () => {},
        onChange: () => {},
      })
      expect((await outbox.flush(me)).end).toBe('sent')
      expect(calls.indexOf('send late')).toBeLessThan(calls.indexOf('photo of 200'))
      expect(calls.filter((call) => call.startsWith('photo'))).toEqual(['photo of 100', 'photo of 200', 'photo of 300'])
    },
  )

  it('are uploaded first where the server takes no announcements, and each entry follows its own', async () => {
    const { outbox, calls } = setUp({ announces: false })
    await put('a', [photo(1, 300)])
    await put('b', [photo(2, 20)])
    await put('c')
    await outbox.flush(me)
    expect(calls).toEqual(['send c', 'photo of 20', 'send b', 'photo of 300', 'send a'])
  })

  it('stay on the phone when the line breaks, and go on with the one at which it broke', async () => {
    const { outbox, calls, fail } = setUp()
    await put('a', [photo(1, 300), photo(2, 20)])
    fail('photo of 300', 0)
    expect((await outbox.flush(me)).end).toBe('unreachable')
    expect(await outboxDb.photos(me)).toMatchObject([{ size: 300, shown: true, confirmed: false }])
    expect((await outbox.flush(me)).end).toBe('sent')
    expect(calls).toEqual(['announce 2', 'send a', 'photo of 20', 'photo of 300', 'photo of 300'])
  })

  it('are stored once when two entries show the same, and go with the last that is discarded', async () => {
    const [a, b] = [await put('a', [photo()]), await put('b', [photo()])]
    expect(await outboxDb.photos(me)).toHaveLength(1)
    await outboxDb.remove(a.key)
    expect(await photosOf(b)).toMatchObject([{ type: 'image/jpeg' }])
    await outboxDb.remove(b.key)
    expect(await outboxDb.photos(me)).toEqual([])
  })

  it('are kept with a refused entry, so that it can be changed and sent anew', async () => {
    const { outbox, fail } = setUp({ announces: false })
    await put('a', [photo()])
    fail('send a', 403, 'not-your-area')
    await outbox.flush(me)
    const [refused] = await kept()
    expect(await photosOf(refused!)).toHaveLength(1)
  })
})

describe('failures', () => {
  it.each([400, 403, 404, 409, 413, 422])('a refusal (%i) waits for the person and blocks nobody', async (status) => {
    const { outbox, delivered, fail, calls } = setUp()
    for (const title of ['a', 'b']) await put(title)
    fail('send a', status, 'not-your-area')
    expect((await outbox.flush(me)).end).toBe('sent')
    expect(delivered).toEqual(['b'])
    const [refused] = await kept()
    expect(refused).toMatchObject({ maybeSent: false, refusal: { status, code: 'not-your-area' } })
    await outbox.flush(me)
    expect(calls.filter((call) => call === 'send a')).toHaveLength(1)
    await outbox.retry(refused!)
    await outbox.flush(me)
    expect(delivered).toEqual(['b', 'a'])
  })

  it.each([500, 404])('goes on with the other entries when one fails with %i', async (status) => {
    const { outbox, delivered, fail } = setUp()
    for (const title of ['a', 'b']) await put(title)
    // An older server doesn't know the address yet: that is no refusal.
    fail('send a', status, `http-${status}`)
    expect((await outbox.flush(me)).end).toBe('unreachable')
    expect(delivered).toEqual(['b'])
    await outbox.flush(me)
    expect(delivered).toEqual(['b', 'a'])
  })

  it('of one item leaves the other items of its call alone', async () => {
    const { outbox, delivered, refusals } = setUp()
    refusals.set('two', 'unknown-area')
    for (const label of ['one', 'two', 'three']) await put(checkIn(label))
    await outbox.flush(me)
    expect(delivered).toEqual(['one', 'three'])
    expect(await kept()).toMatchObject([{ refusal: { code: 'unknown-area' } }])
  })

  it('of a whole call are narrowed down to the item that is the reason', async () => {
    const { outbox, delivered, fail } = setUp()
    for (const label of ['one', 'two', 'three']) await put(checkIn(label))
    fail('send one', 400, 'invalid-request')
    fail('send three', 400, 'invalid-request')
    await outbox.flush(me)
    expect(delivered).toEqual(['one', 'two'])
    expect(await kept()).toMatchObject([{ job: { label: 'three' }, refusal: { code: 'invalid-request' } }])
  })

  it('an expired session stops at once, loses nothing and refuses nothing', async () => {
    const { outbox, delivered, fail, calls } = setUp()
    for (const title of ['a', 'b']) await put(title)
    fail('send a', 401, 'not-signed-in')
    expect((await outbox.flush(me)).end).toBe('signed-out')
    expect(calls).toEqual(['send a'])
    expect((await kept()).map((entry) => entry.refusal)).toEqual([null, null])
    await outbox.flush(me)
    expect(delivered).toEqual(['a', 'b'])
  })

  it('sends the entries of the signed-in person only', async () => {
    const { outbox, delivered } = setUp()
    await put('a', [], 'liling/somebody-else')
    await put('b')
    await outbox.flush(me)
    expect(delivered).toEqual(['b'])
    expect(await outboxDb.list('liling/somebody-else')).toHaveLength(1)
  })

  it('reports to the own grid when the position lies outside', async () => {
    const { outbox, done } = setUp()
    const { key } = await put(report('a', { area: null, position: { lon: 100, lat: 27 } }))
    await outbox.flush(me)
    expect(done.get(key)).toContain('"area":"grid-1"')
  })
})

describe('hazards', () => {
  it('what was seen waits for the case that it became, and names it', async () => {
    const { outbox, calls, done } = setUp()
    const { key } = await put('hazard')
    const seen = await put(checkIn('seen', [key]))
    const visit: VisitJob = { kind: 'visit', label: 'visit', item: { purpose: 'p' } as never, casesFrom: [key] }
    const visited = await put(visit)
    await outbox.flush(me)
    expect(calls).toEqual(['send hazard', 'send seen', 'send visit'])
    expect(done.get(seen.key)).toContain('"case":"id of hazard"')
    expect(done.get(visited.key)).toContain('"cases":["id of hazard"]')
  })

  it('what was seen goes alone when the report is refused', async () => {
    const { outbox, delivered, fail } = setUp()
    const { key } = await put('hazard')
    await put(checkIn('seen', [key]))
    fail('send hazard', 403, 'not-your-area')
    await outbox.flush(me)
    expect(delivered).toEqual(['seen'])
  })
})

it('counts on after a restart, and keeps the name of the phone', async () => {
  const before = await installation()
  await put(checkIn('one'))
  expect(await installation()).toEqual({ device: before.device, order: 1, sequence: 1 })
})

it('waits longer after each failure, and as long as the server asks for', () => {
  expect([1, 2, 3, 9].map((failures) => waitAfter(failures, null))).toEqual([5000, 10_000, 20_000, 120_000])
  expect(waitAfter(1, 30)).toBe(30_000)
})
