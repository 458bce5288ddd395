import { describe, expect, it } from 'vitest'
import { readServiceVersion } from './serviceVersion'

const read = (body: string) => readServiceVersion(async () => new Response(body))

describe('the version of the service', () => {
  it('is read from its health', async () => {
    expect(await read('{"status":"live","version":"0.5.0"}')).toBe('0.5.0')
  })

  it.each(['alive', '', '{"status":"live"}', 'null', '"0.5.0"'])('is empty when the answer is %j', async (body) => {
    expect(await read(body)).toBe('')
  })

  it('is empty when the service cannot be reached', async () => {
    expect(await readServiceVersion(() => Promise.reject(new TypeError('Failed to fetch')))).toBe('')
  })
})
