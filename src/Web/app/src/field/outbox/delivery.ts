import type { Area, CaseView, Me } from '@/http/apiTypes'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import type { OutboxEntry } from './outboxEntry'
import type { Delivery } from './outbox'

/** The posts of a person decide where they may report: at their areas and below. */
export function mayReportIn(me: Me, area: Area): boolean {
  const own = me.posts.filter((post) => post.may.includes('report')).map((post) => post.area)
  return [area.code, ...area.path.map((step) => step.code)].some((code) => own.includes(code))
}

/** Treats an answer without an id as no answer: the login page of a public network answers every request with 200. */
function ours<T extends { id: string }>(answer: T): T {
  if (typeof answer?.id !== 'string' || answer.id === '') throw new ApiError(0, 'offline', '')
  return answer
}

export const delivery = (me: () => Me | null): Delivery => ({
  async upload(photo, key) {
    const file = new Blob([photo.bytes], { type: photo.type })
    return ours(await api.uploadPhoto(file, 'photo.jpg', key)).id
  },
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
  async send(entry) {
    return ours(await (entry.job.kind === 'report' ? sendReport(entry) : sendStep(entry)))
  },
})

const idsOf = (entry: OutboxEntry): string[] => entry.photos.flatMap((photo) => photo.id ?? [])

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

function sendStep(entry: OutboxEntry): Promise<CaseView> {
  if (entry.job.kind !== 'step') throw new Error('no step')
  const { caseId, action, body } = entry.job
  const photos = idsOf(entry)
  return api.act(caseId, action, { ...body, ...(photos.length > 0 && { photos }) }, { key: entry.key })
}
