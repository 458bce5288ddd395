import type { ApiError } from './httpClient'
import { clock, dayOf, exact } from '@/time/packTime'
import { serviceNow } from '@/time/serviceTime'

type Translate = (key: string, values?: Record<string, unknown>) => string

const known = new Set([
  'offline',
  'outcome-unknown',
  'busy',
  'unavailable',
  'not-signed-in',
  'stale-version',
  'too-large',
  'not-a-photo',
])

const timeOf = (at: string): string => (dayOf(at) === dayOf(serviceNow()) ? clock(at) : exact(at))

/** A sentence that says what to do next: the page's own for errors it knows, else the server's. */
export function errorText(error: ApiError, t: Translate): string {
  if (error.code === 'already-claimed' && error.problem.claimantName && error.problem.claimedAt)
    return t('error.already-claimed', { name: error.problem.claimantName, time: timeOf(error.problem.claimedAt) })
  if (known.has(error.code)) return t(`error.${error.code}`)
  if (error.message) return error.message
  if (error.status === 404) return t('error.not-found')
  return t('error.unexpected', { code: error.code })
}
