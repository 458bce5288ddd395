import { beforeEach, describe, expect, it } from 'vitest'
import { ApiError, createClient, type Client } from './httpClient'

type Answer = () => Response | Promise<Response>

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  })

const problem = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}) =>
  json({ status, code, detail: `sentence for ${code}`, ...more }, status, headers)

const lost = () => Promise.reject(new TypeError('Failed to fetch'))

describe('the api client', () => {
  let answers: Answer[]
  let requests: { url: string; headers: Headers; method: string }[]
  let slept: number[]
  let signedOut: number
  let bearer: string | null
  let client: Client

  beforeEach(() => {
    answers = []
    requests = []
    slept = []
    signedOut = 0
    bearer = 'token-a'
    let keys = 0
    client = createClient({
      fetch: async (url, init) => {
        requests.push({ url: String(url), headers: new Headers(init?.headers), method: init?.method ?? 'GET' })
        return answers.shift()!()
      },
      token: () => bearer,
      language: () => 'zh-CN',
      newKey: () => `key-${++keys}`,
      sleep: async (milliseconds) => void slept.push(milliseconds),
      onSignedOut: () => signedOut++,
    })
  })

  const keysSent = () => requests.map(({ headers }) => headers.get('Idempotency-Key'))
  const refusal = async (call: Promise<unknown>): Promise<ApiError> => {
    const error = await call.then(
      () => null,
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(ApiError)
    return error as ApiError
  }

  it('sends the token of the window, and none without one', async () => {
    answers = [() => json({}), () => json({})]
    await client.get('/api/me')
    bearer = null
    await client.get('/api/me')
    expect(requests.map(({ headers }) => headers.get('Authorization'))).toEqual(['Bearer token-a', null])
  })

  it('puts lists and values into the query and leaves out what is missing', async () => {
    answers = [() => json({})]
    await client.get('/api/cases', {
      query: { status: ['offered', 'claimed'], area: 'a b', text: undefined, from: '' },
    })
    expect(requests[0]!.url).toBe('/api/cases?status=offered&status=claimed&area=a+b')
  })

  it('turns a problem into an error with its code, sentence and details', async () => {
    answers = [() => problem(409, 'already-claimed', { claimantName: '李四' })]
    const error = await refusal(client.post('/api/cases/1/claim', {}))
    expect([error.status, error.code, error.message]).toEqual([409, 'already-claimed', 'sentence for already-claimed'])
    expect(error.problem.claimantName).toBe('李四')
  })

  it('sends a key with writes and none with reads', async () => {
    answers = [() => json({}), () => json({})]
    await client.post('/api/cases', { a: 1 })
    await client.get('/api/cases')
    expect(keysSent()).toEqual(['key-1', null])
  })

  it('repeats a busy write with the same key after the time the server asks for', async () => {
    answers = [() => problem(503, 'busy', {}, { 'Retry-After': '2' }), lost, () => json({ ok: true })]
    expect(await client.post('/api/cases', { a: 1 })).toEqual({ ok: true })
    expect(keysSent()).toEqual(['key-1', 'key-1', 'key-1'])
    expect(slept).toEqual([2000, 800])
  })

  it('keeps the key of a write whose outcome is unknown, so that pressing again does not do it twice', async () => {
    answers = Array.from({ length: 4 }, () => lost)
    const error = await refusal(client.post('/api/cases', { a: 1 }))
    expect([error.code, error.outcomeUnknown]).toEqual(['offline', true])
    answers = [() => json({}), () => json({})]
    await client.post('/api/cases', { a: 1 })
    await client.post('/api/cases', { a: 1 })
    expect(keysSent().slice(3)).toEqual(['key-1', 'key-1', 'key-2'])
  })

  it('takes a new key after a refusal, and for another content', async () => {
    answers = [() => problem(409, 'wrong-status'), () => json({}), () => json({})]
    await refusal(client.post('/api/cases/1/claim', {}))
    await client.post('/api/cases/1/claim', {})
    await client.post('/api/cases/2/claim', {})
    expect(keysSent()).toEqual(['key-1', 'key-2', 'key-3'])
  })

  it('gives up after four attempts', async () => {
    answers = Array.from({ length: 4 }, () => () => problem(503, 'unavailable'))
    expect((await refusal(client.get('/api/me'))).code).toBe('unavailable')
    expect(slept).toEqual([400, 800, 1600])
  })

  it('does not repeat what was refused, and says when the session is over', async () => {
    answers = [() => problem(401, 'not-signed-in')]
    await refusal(client.get('/api/me'))
    expect([requests.length, signedOut]).toEqual([1, 1])
  })

  it('knows how long a locked account stays locked', async () => {
    answers = [() => problem(429, 'locked', {}, { 'Retry-After': '300' })]
    const error = await refusal(client.post('/api/session', {}))
    expect([error.code, error.retryAfter]).toEqual(['locked', 300])
    expect(signedOut).toBe(0)
  })

  it('gives an answer without a problem a code of its own', async () => {
    answers = [() => new Response('<html>', { status: 502 })].concat(
      Array.from({ length: 3 }, () => () => new Response('<html>', { status: 502 })),
    )
    expect((await refusal(client.get('/api/me'))).code).toBe('http-502')
  })

  it('answers nothing for 204', async () => {
    answers = [() => new Response(null, { status: 204 })]
    expect(await client.delete('/api/session')).toBeUndefined()
  })
})
