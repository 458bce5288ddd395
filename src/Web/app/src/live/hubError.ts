import { ApiError } from '@/http/httpClient'

const final = new Set(['not-signed-in', 'not-permitted', 'not-your-area', 'not-found', 'invalid-request'])

/** The error of the API that a hub error stands for, if a retry can't help. Null when a retry may help. */
export function refusalOf(error: unknown): ApiError | null {
  const message = error instanceof Error ? error.message : ''
  const [, code, detail] = /(?:^|HubException: )([a-z]+(?:-[a-z]+)*): (.*)$/s.exec(message) ?? []
  if (!code || !final.has(code)) return null
  const status = code === 'not-signed-in' ? 401 : code === 'not-found' ? 404 : code === 'invalid-request' ? 400 : 403
  return new ApiError(status, code, detail ?? '')
}
