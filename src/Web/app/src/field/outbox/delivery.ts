import type { Area, CaseView, Me } from '@/http/apiTypes'
import { api } from '@/http/api'
import { client } from '@/http/client'
import { ApiError } from '@/http/httpClient'
import { batches, type BatchAnswer, type ItemAnswer } from './dayItems'
import type { CallJob, HouseholdJob, OutboxEntry, Refusal } from './outboxEntry'
import type { Delivered, Delivery } from './outbox'
import { merge } from './householdConflict'
import { batchOf } from './sendOrder'
import { announce, uploadPieces } from './photoUpload'

/** The posts of a person decide where they may report: at their areas and below. */
export function mayReportIn(me: Me, area: Area): boolean {
  const own = me.posts.filter((post) => post.may.includes('report')).map((post) => post.area)
  return [area.code, ...area.path.map((step) => step.code)].some((code) => own.includes(code))
}

const notOurs = (): ApiError => new ApiError(0, 'offline', '')

/** Treats an answer without an id as no answer: the login page of a public network answers every request with 200. */
function ours<T extends { id: string }>(answer: T): T {
  if (typeof answer?.id !== 'string' || answer.id === '') throw notOurs()
  return answer
}

/** @param device What this phone is called. */
export const delivery = (me: () => Me | null, device: () => Promise<string>): Delivery => ({
  announce,
  upload: (photo, bytes) => uploadPieces(photo, bytes),
  async areaAt(position) {
    try {
      const area = await api.areaAt({ lon: position.lon, lat: position.lat })
      const person = me()
      return person && mayReportIn(person, area) ? { area: area.code, areaName: area.name } : null
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null
      throw error
    }
  },
  async send(entries) {
    const [first] = entries
    if (!first) return []
    if (batchOf(first)) return sendBatch(entries, await device())
    return [await sendOne(first, me()?.id)]
  },
})

/** A change of a household is tried again on top of what others changed meanwhile, unless they changed the same. */
async function sendHousehold(entry: OutboxEntry, job: HouseholdJob): Promise<Delivered> {
  const { key } = entry
  try {
    return { key, answer: await sendCall(entry, job) }
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 412) throw error
    const merged = merge(job, ours(await api.household(job.household)))
    if ('job' in merged) return { key, answer: await sendCall(entry, merged.job) }
    const { status, message } = error
    return { key, refusal: { status, code: 'changed-meanwhile', message, meanwhile: merged.meanwhile } }
  }
}

const idsOf = (entry: OutboxEntry): string[] => entry.photos.map((photo) => photo.id)

async function sendOne(entry: OutboxEntry, person: string | undefined): Promise<Delivered> {
  const { key } = entry
  switch (entry.job.kind) {
    case 'report':
      return { key, answer: ours(await sendReport(entry)) }
    case 'step':
      return { key, answer: ours(await sendStep(entry, person)) }
    case 'call':
      return { key, answer: await sendCall(entry, entry.job) }
    case 'household':
      return sendHousehold(entry, entry.job)
    default:
      throw new Error(`${entry.job.kind} is sent in batches`)
  }
}

function sendReport(entry: OutboxEntry): Promise<CaseView> {
  if (entry.job.kind !== 'report') throw new Error('no report')
  const { category, title, detail, solved, mediation, area, position, household } = entry.job
  const photos = idsOf(entry)
  return api.report(
    {
      category,
      area: area!,
      title,
      ...(position && { position: { lon: position.lon, lat: position.lat } }),
      ...(detail && { detail }),
      ...(solved && { solved }),
      ...(mediation && { mediation }),
      ...(household && { household }),
      ...(photos.length > 0 && { photos }),
    },
    entry.key,
  )
}

async function sendStep(entry: OutboxEntry, person: string | undefined): Promise<CaseView> {
  if (entry.job.kind !== 'step') throw new Error('no step')
  const { caseId, action, body } = entry.job
  const photos = idsOf(entry)
  try {
    return await api.act(caseId, action, { ...body, ...(photos.length > 0 && { photos }) }, { key: entry.key })
  } catch (error) {
    // The person has claimed it already, with an attempt whose answer was lost, or from a desk.
    const isOwn = error instanceof ApiError && error.code === 'already-claimed' && error.problem.claimant === person
    if (isOwn && action === 'claim') return api.case(caseId)
    throw error
  }
}

async function sendCall(entry: OutboxEntry, job: CallJob | HouseholdJob): Promise<unknown> {
  const photos = idsOf(entry)
  const into = job.kind === 'call' && photos.length > 0 ? { [job.photosIn ?? 'photos']: photos } : {}
  const body = job.body || photos.length > 0 ? { ...job.body, ...into } : undefined
  const call = { key: entry.key, ...(job.ifMatch !== undefined && { ifMatch: job.ifMatch }) }
  const answer = await client.write<unknown>(job.method, job.path, body, call)
  // No answer of ours is a page.
  if (answer instanceof Blob && answer.type.includes('html')) throw notOurs()
  return answer
}

async function sendBatch(entries: OutboxEntry[], device: string): Promise<Delivered[]> {
  const kind = batchOf(entries[0]!)!
  const items = entries.map((entry) => {
    const { job } = entry
    if (!('item' in job)) throw new Error('no item')
    const photos = idsOf(entry)
    return { ...job.item, ...(photos.length > 0 && { photos }) }
  })
  // The items' own ids make it happen once, however they are put together.
  const sentAt = new Date().toISOString()
  const answer = await client.post<BatchAnswer>(batches[kind], { device, sentAt, items }).catch((error: unknown) => {
    // A service that is older than this page doesn't know the address: they wait until it is brought up to date.
    if (error instanceof ApiError && [404, 405].includes(error.status)) throw new ApiError(501, 'not-yet', '')
    throw error
  })
  if (!Array.isArray(answer?.items)) throw notOurs()
  return entries.flatMap(({ key }) => {
    const item = answer.items.find(({ id }) => id === key)
    if (!item) return []
    return item.outcome === 'refused' ? { key, refusal: refusalOfItem(item) } : { key, answer: item }
  })
}

function refusalOfItem({ problem }: ItemAnswer): Refusal {
  return {
    status: 422,
    code: problem?.code ?? 'invalid-request',
    message: problem?.message ?? '',
    ...(problem?.fields && { fields: problem.fields }),
  }
}
