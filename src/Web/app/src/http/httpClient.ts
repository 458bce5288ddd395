import type { Problem } from './apiTypes'

/** A refusal of the server, or the failure to reach it (status 0). `message` is a sentence for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly problem: Problem = {},
    readonly retryAfter: number | null = null,
  ) {
    super(detail)
    this.name = 'ApiError'
  }

  /** Whether the write may have happened. It may be repeated with the same key only. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500
  }
}

export interface Call {
  query?: Record<string, string | number | boolean | string[] | undefined>
  body?: unknown
  form?: FormData
  /** Bytes as they are, and where in the whole they begin. */
  piece?: { bytes: Blob; offset: number }
  /** The Idempotency-Key of a caller who stores it, such as the outbox. */
  key?: string
  ifMatch?: number
  signal?: AbortSignal
}

export interface ClientOptions {
  fetch: typeof fetch
  token: () => string | null
  language: () => string
  newKey: () => string
  sleep: (milliseconds: number) => Promise<void>
  onSignedOut: () => void
}

const attempts = 4
const longestWait = 10_000

export type Client = ReturnType<typeof createClient>

export function createClient(options: ClientOptions) {
  /** The keys of writes whose outcome is unknown, by their content: pressing the button again then repeats the same write. */
  const unsettled = new Map<string, string>()

  async function send<T>(method: string, path: string, call: Call = {}): Promise<T> {
    const isWrite = method !== 'GET'
    const text = call.body === undefined ? undefined : JSON.stringify(call.body)
    const identity = `${method} ${path} ${text ?? ''}`
    const remembers = isWrite && !call.form && !call.piece && !call.key
    const key = isWrite ? (call.key ?? unsettled.get(identity) ?? options.newKey()) : undefined
    if (remembers) unsettled.set(identity, key!)

    const headers = new Headers({ Accept: 'application/json', 'Accept-Language': options.language() })
    const bearer = options.token()
    if (bearer) headers.set('Authorization', `Bearer ${bearer}`)
    if (key) headers.set('Idempotency-Key', key)
    if (call.ifMatch !== undefined) headers.set('If-Match', `"${call.ifMatch}"`)
    if (text !== undefined) headers.set('Content-Type', 'application/json')
    if (call.piece) {
      headers.set('Content-Type', 'application/offset+octet-stream')
      headers.set('Upload-Offset', String(call.piece.offset))
    }

    const body = call.form ?? call.piece?.bytes ?? text
    const request: RequestInit = { method, headers, body, credentials: 'same-origin' }
    if (call.signal) request.signal = call.signal

    for (let attempt = 1; ; attempt++) {
      const outcome = await once<T>(withQuery(path, call.query), request)
      if (!(outcome instanceof ApiError)) {
        unsettled.delete(identity)
        return outcome.value
      }
      const worthRepeating = outcome.status === 0 || outcome.status === 503 || (!isWrite && outcome.status >= 502)
      if (worthRepeating && attempt < attempts) {
        await options.sleep(waitBefore(attempt, outcome.retryAfter))
        continue
      }
      if (!outcome.outcomeUnknown) unsettled.delete(identity)
      if (outcome.code === 'not-signed-in') options.onSignedOut()
      throw outcome
    }
  }

  async function once<T>(url: string, request: RequestInit): Promise<{ value: T } | ApiError> {
    let response: Response
    try {
      response = await options.fetch(url, request)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      return new ApiError(0, 'offline', '')
    }
    if (!response.ok) return problemOf(response)
    if (response.status === 204) return { value: undefined as T }
    const type = response.headers.get('Content-Type') ?? ''
    return { value: (type.includes('json') ? await response.json() : await response.blob()) as T }
  }

  return {
    get: <T>(path: string, call?: Call) => send<T>('GET', path, call),
    post: <T>(path: string, body?: unknown, call?: Call) => send<T>('POST', path, { ...call, body }),
    patch: <T>(path: string, body?: unknown, call?: Call) => send<T>('PATCH', path, { ...call, body }),
    put: <T>(path: string, body?: unknown, call?: Call) => send<T>('PUT', path, { ...call, body }),
    upload: <T>(path: string, form: FormData, call?: Call) => send<T>('POST', path, { ...call, form }),
    delete: <T>(path: string, call?: Call) => send<T>('DELETE', path, call),
    /** A write whose method was kept with it. */
    write: <T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, call?: Call) =>
      send<T>(method, path, { ...call, body }),
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  const problem: Problem = await response.json().catch(() => ({}))
  const code = problem.code ?? (response.status === 401 ? 'not-signed-in' : `http-${response.status}`)
  return new ApiError(response.status, code, problem.detail ?? problem.title ?? '', problem, secondsOf(response))
}

function secondsOf(response: Response): number | null {
  const value = response.headers.get('Retry-After')
  if (!value) return null
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, seconds)
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, (date - Date.now()) / 1000)
}

function waitBefore(attempt: number, retryAfter: number | null): number {
  return Math.min(longestWait, retryAfter === null ? 400 * 2 ** (attempt - 1) : retryAfter * 1000)
}

function withQuery(path: string, query: Call['query']): string {
  if (!query) return path
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}
