import type { HubConnection } from '@microsoft/signalr'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const me = vi.hoisted(() => vi.fn())
vi.mock('@/http/api', () => ({ api: { me } }))
const { LiveHub } = await import('./hubConnection')
const { serviceNow } = await import('@/time/serviceTime')

const listeners = new Map<string, () => void>()
const events = { addEventListener: (name: string, listener: () => void) => listeners.set(name, listener) }
vi.stubGlobal('window', events)
vi.stubGlobal('document', { ...events, visibilityState: 'visible' })

/** A connection whose server is the test. */
class FakeConnection {
  readonly handlers = new Map<string, (message: unknown) => void>()
  close = () => {}
  constructor(readonly start: () => Promise<void>) {}
  on = (name: string, handler: (message: unknown) => void) => void this.handlers.set(name, handler)
  onclose = (handler: () => void) => void (this.close = handler)
  invoke = vi.fn(async () => 'answer')
  stop = async () => this.close()
}

describe('the live hub', () => {
  let starts: (() => Promise<void>)[]
  let built: FakeConnection[]
  let negotiated: boolean[]
  let hub: InstanceType<typeof LiveHub>

  const accepts = async () => {}
  const refuses = () => Promise.reject(new Error('refused'))

  beforeEach(() => {
    vi.useFakeTimers()
    me.mockReset().mockResolvedValue({})
    starts = []
    built = []
    negotiated = []
    hub = new LiveHub((isNegotiated) => {
      negotiated.push(isNegotiated)
      const connection = new FakeConnection(starts.shift() ?? accepts)
      built.push(connection)
      return connection as unknown as HubConnection
    })
  })
  afterEach(() => hub.disconnect())

  const connected = () => vi.waitFor(() => expect(hub.state.connected).toBe(true))

  it('passes messages on until the handler is removed', async () => {
    const seen: unknown[] = []
    const stop = hub.onMessage('InboxChanged', (change) => seen.push(change))
    hub.connect()
    await connected()
    built[0]!.handlers.get('InboxChanged')!('first')
    stop()
    built[0]!.handlers.get('InboxChanged')!('second')
    expect(seen).toEqual(['first'])
  })

  it('learns the clock of the server from a beat', async () => {
    hub.connect()
    await connected()
    built[0]!.handlers.get('Beat')!({ at: new Date(Date.now() + 90_000).toISOString() })
    expect(serviceNow() - Date.now()).toBe(90_000)
  })

  it('reports a lost connection and every new one', async () => {
    const happened: string[] = []
    hub.onConnected(() => happened.push('connected'))
    hub.onDisconnected(() => happened.push('disconnected'))
    hub.connect()
    await connected()
    built[0]!.close()
    await vi.waitFor(() => expect(happened).toEqual(['connected', 'disconnected']))
    await expect(hub.invoke('WatchArea', 'a')).rejects.toThrow('offline')
    await vi.advanceTimersByTimeAsync(2000)
    expect(happened).toEqual(['connected', 'disconnected', 'connected'])
    expect(await hub.invoke('WatchArea', 'a')).toBe('answer')
  })

  it('asks who is signed in when a handshake fails, and negotiates on the fourth attempt', async () => {
    starts = [refuses, refuses, refuses]
    hub.connect()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(negotiated).toEqual([false, false, false, true])
    expect(me).toHaveBeenCalledTimes(1)
    expect(hub.state.failed).toBe(false)
  })

  it('retries at once when the browser is online again', async () => {
    starts = [refuses]
    hub.connect()
    await vi.waitFor(() => expect(hub.state.failed).toBe(true))
    await vi.advanceTimersByTimeAsync(0)
    listeners.get('online')!()
    await vi.advanceTimersByTimeAsync(0)
    expect(built).toHaveLength(2)
  })

  it('stays away after it was disconnected', async () => {
    hub.connect()
    await connected()
    await hub.disconnect()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(built).toHaveLength(1)
  })
})
