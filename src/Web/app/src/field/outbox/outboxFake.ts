import type { Position } from '@/http/apiTypes'
import { ApiError } from '@/http/httpClient'
import { database } from '../storage/database'
import type { Delivered, Delivery } from './outbox'
import { Outbox } from './outbox'
import { enqueue, outboxDb } from './outboxDb'
import type { KeptPhoto, NewJob, OutboxEntry, ReportJob } from './outboxEntry'
import { batchOf } from './sendOrder'

/** What tests of the queue share: a server that does each key once, and answers whatever is put into `failures` first. */

export const me = 'liling/ll-1'

export const report = (title: string, more: Partial<ReportJob> = {}): ReportJob => ({
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
export const checkIn = (label: string, casesFrom?: string[]): NewJob => ({
  kind: 'check-in',
  label,
  item: { kind: 'check-in' },
  ...(casesFrom && { casesFrom }),
})
export const photo = (byte = 1, size = 2): KeptPhoto => ({
  bytes: new Uint8Array(size).fill(byte).buffer,
  type: 'image/jpeg',
  id: null,
})

export function server({ announces = true } = {}) {
  const done = new Map<string, string>()
  const photos = new Set<string>()
  const promised = new Set<string>()
  const calls: string[] = []
  const failures: { on: string; error: ApiError; after?: boolean }[] = []
  const fail = (on: string, status: number, code = '', after = false) =>
    failures.push({ on, error: new ApiError(status, code, ''), after })
  const take = (on: string, after: boolean) => {
    const index = failures.findIndex((failure) => on.startsWith(failure.on) && Boolean(failure.after) === after)
    if (index >= 0) throw failures.splice(index, 1)[0]!.error
  }
  /** Items that the server refuses, by what their job says. */
  const refusals = new Map<string, string>()
  const nameOf = ({ job }: OutboxEntry): string =>
    job.kind === 'report' ? job.title : 'label' in job ? job.label : job.caseTitle

  const delivery: Delivery = {
    announce: async (all) => {
      if (!announces) return null
      calls.push(`announce ${all.length}`)
      take('announce', false)
      for (const { id } of all) promised.add(id)
      return all.map(({ id }) => ({ id, isThere: photos.has(id), mayBeShown: true }))
    },
    upload: async ({ id, size }) => {
      calls.push(`photo of ${size}`)
      take(`photo of ${size}`, false)
      photos.add(id)
    },
    areaAt: async (position: Position) => {
      calls.push('at')
      take('at', false)
      return position.lon > 113 ? { area: 'grid-9', areaName: '第九网格' } : null
    },
    send: async (entries) => {
      const names = entries.map(nameOf)
      calls.push(`send ${names.join(' ')}`)
      take(`send ${names[0]}`, false)
      for (const { photos: shown } of entries)
        for (const { id } of shown)
          if (!photos.has(id) && !promised.has(id)) throw new ApiError(422, 'unknown-photo', '')
      const answers = entries.map((entry): Delivered => {
        const code = refusals.get(nameOf(entry))
        if (code && batchOf(entry)) return { key: entry.key, refusal: { status: 422, code, message: '' } }
        const body = JSON.stringify([entry.job, entry.photos])
        const known = done.get(entry.key)
        if (known !== undefined && known !== body) throw new ApiError(422, 'idempotency-key-reused', '')
        done.set(entry.key, body)
        return { key: entry.key, answer: { id: `id of ${nameOf(entry)}`, outcome: known ? 'repeated' : 'taken' } }
      })
      take(`send ${names[0]}`, true)
      return answers
    },
  }
  return { done, photos, calls, fail, refusals, nameOf, delivery }
}

export function setUp(options: Parameters<typeof server>[0] = {}) {
  const there = server(options)
  const delivered: string[] = []
  const make = () =>
    new Outbox({
      store: outboxDb,
      delivery: there.delivery,
      onDelivered: (entry) => delivered.push(there.nameOf(entry)),
      onChange: () => {},
    })
  return { ...there, delivered, make, outbox: make() }
}

export const put = (job: NewJob | string, photos: KeptPhoto[] = [], owner = me): Promise<OutboxEntry> =>
  enqueue(owner, typeof job === 'string' ? report(job) : job, photos, null)
export const kept = (): Promise<OutboxEntry[]> => outboxDb.list(me)

export async function emptyPhone(): Promise<void> {
  const db = await database()
  const stores = ['outbox', 'photos', 'photoBytes', 'sent', 'installation', 'drafts'] as const
  await Promise.all(stores.map((store) => db.clear(store)))
}
