import { ApiError } from '@/http/httpClient'

const final = new Set(['not-signed-in', 'not-permitted', 'not-your-area', 'not-found', 'invalid-request'])

/** A hub error that asking again won't change, as the API would have said it; null for everything that may pass. */
export function refusalOf(error: unknown): ApiError | null {
  const message = error instanceof Error ? error.message : ''
  const [, code, detail] = /(?:^|HubException: )([a-z]+(?:-[a-z]+)*): (.*)$/s.exec(message) ?? []
  if (!code || !final.has(code)) return null
  const status = code === 'not-signed-in' ? 401 : code === 'not-found' ? 404 : code === 'invalid-request' ? 400 : 403
  return new ApiError(status, code, detail ?? '')
}
