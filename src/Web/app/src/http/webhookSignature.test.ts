import { readFileSync } from 'node:fs'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, it, vi } from 'vitest'

/** What the service signs (tests/Decisions/Webhooks), verified by the reference library of Standard Webhooks. */
const file = new URL('../../../../../tests/vectors/webhook-signature.json', import.meta.url)
const vector = JSON.parse(readFileSync(file, 'utf8')) as {
  secret: string
  id: string
  timestamp: number
  body: string
  signature: string
}
const headers = {
  'webhook-id': vector.id,
  'webhook-timestamp': String(vector.timestamp),
  'webhook-signature': vector.signature,
}
const webhook = new Webhook(vector.secret)
const at = (seconds: number): void => void vi.useFakeTimers({ now: (vector.timestamp + seconds) * 1000 })

afterEach(() => void vi.useRealTimers())

it('is verified by the reference library', () => {
  at(0)
  expect(webhook.verify(vector.body, headers)).toEqual(JSON.parse(vector.body))
})

it('is refused with another body, and when it is old', () => {
  at(0)
  expect(() => webhook.verify(vector.body.replace('井盖', '路灯'), headers)).toThrow('No matching signature found')
  at(360)
  expect(() => webhook.verify(vector.body, headers)).toThrow('too old')
})
