import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr'
import { computed, reactive, readonly } from 'vue'
import { api } from '@/http/api'
import type { AreaFrame, CaseChange, InboxChange, InboxLoss } from '@/http/apiTypes'
import { token } from '@/session/sessionToken'
import { noteTime, serviceTime, serviceTimeAt } from '@/time/serviceTime'
import { withBase } from '@/ui/basePath'

/** The messages of the hub by name, with what each carries. */
interface HubMessages {
  AreaChanged: AreaFrame
  CaseChanged: CaseChange
  InboxChanged: InboxChange | InboxLoss
  InboxMissed: undefined
}

type MessageName = keyof HubMessages
type Handler<T> = (message: T) => void

/** A connection that lasted this long was healthy: after it, the waiting time before reconnecting starts from the beginning. */
const healthyAfter = 10_000
const maxBackoff = 15_000

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Random, so that a thousand screens don't reconnect in the same second. */
const backoff = (failures: number): number => Math.min(maxBackoff, 500 * 2 ** failures) * (0.7 + Math.random() * 0.6)

/** The hub of the service for this window: connects, reconnects, and passes messages on. */
export class LiveHub {
  readonly #state = reactive({
    connected: false,
    /** When the server was last heard, on this machine's clock. */
    heardAt: null as number | null,
    /** Moves on every second. */
    now: Date.now(),
    connectingSince: Date.now(),
    /** Whether an attempt has failed since the last connection. */
    failed: false,
  })
  readonly #messageHandlers: { [Name in MessageName]: Set<Handler<HubMessages[Name]>> } = {
    AreaChanged: new Set(),
    CaseChanged: new Set(),
    InboxChanged: new Set(),
    InboxMissed: new Set(),
  }
  readonly #connectedHandlers = new Set<() => void>()
  readonly #disconnectedHandlers = new Set<() => void>()
  #connection: HubConnection | null = null
  #wanted = false
  #retryNow = () => {}

  /** @param build Makes a connection that isn't started yet; `negotiated` allows every transport. */
  constructor(private readonly build: (negotiated: boolean) => HubConnection) {}

  readonly state = readonly(this.#state)

  connect(): void {
    if (this.#wanted) return
    this.#wanted = true
    this.#state.connectingSince = Date.now()
    setInterval(() => (this.#state.now = Date.now()), 1000)
    window.addEventListener('online', () => this.#retryNow())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#retryNow())
    void this.#keepConnected()
  }

  async disconnect(): Promise<void> {
    this.#wanted = false
    this.#retryNow()
    await this.#connection?.stop()
  }

  invoke<T>(method: string, argument: string): Promise<T> {
    return this.#connection ? this.#connection.invoke<T>(method, argument) : Promise.reject(new Error('offline'))
  }

  /** Invokes a method whose failure changes nothing, and none while there is no connection. */
  tell(method: string, argument: string): void {
    if (this.#connection) void this.#connection.invoke(method, argument).catch(() => {})
  }

  /** Calls the handler on every message of this name until the returned function is called. */
  onMessage<Name extends MessageName>(name: Name, handler: Handler<HubMessages[Name]>): () => void {
    this.#messageHandlers[name].add(handler)
    return () => void this.#messageHandlers[name].delete(handler)
  }

  /** Calls the handler after every connect. What was watched before a reconnect has to be watched again. */
  onConnected(handler: () => void): () => void {
    this.#connectedHandlers.add(handler)
    return () => void this.#connectedHandlers.delete(handler)
  }

  onDisconnected(handler: () => void): void {
    this.#disconnectedHandlers.add(handler)
  }

  /** Notes that the server has just said something. */
  heard(): void {
    this.#state.heardAt = this.#state.now = Date.now()
  }

  /** Brings `now` up to date between two ticks. */
  refreshNow(): number {
    return (this.#state.now = Date.now())
  }

  async #keepConnected(): Promise<void> {
    for (let failures = 0; this.#wanted;) {
      // Every fourth attempt negotiates the transport: a proxy may refuse WebSockets.
      const connection = this.build(failures % 4 === 3)
      this.#subscribe(connection)
      const closed = new Promise<void>((resolve) => connection.onclose(() => resolve()))
      try {
        await connection.start()
        const connectedAt = Date.now()
        this.#opened(connection)
        await closed
        // A connection that ends at once counts as a failure, or the page would reconnect in a tight loop.
        failures = Date.now() - connectedAt < healthyAfter ? failures + 1 : 0
      } catch {
        failures++
        this.#state.failed = true
        // A failed handshake gives no reason. If the session is over, this call ends it for the page too.
        if (failures % 3 === 1) await api.me().catch(() => {})
      }
      this.#connection = null
      this.#state.connected = false
      for (const handler of this.#disconnectedHandlers) handler()
      if (this.#wanted) await this.#waitBeforeRetry(backoff(failures))
    }
  }

  #opened(connection: HubConnection): void {
    this.#connection = connection
    this.#state.connected = true
    this.#state.failed = false
    this.heard()
    for (const handler of this.#connectedHandlers) handler()
  }

  #waitBeforeRetry(milliseconds: number): Promise<void> {
    return Promise.race([sleep(milliseconds), new Promise<void>((resolve) => (this.#retryNow = resolve))])
  }

  #subscribe(connection: HubConnection): void {
    for (const name of Object.keys(this.#messageHandlers) as MessageName[])
      connection.on(name, (message: never) => {
        this.heard()
        for (const handler of this.#messageHandlers[name]) (handler as Handler<never>)(message)
      })
    connection.on('Beat', ({ at }: { at: string }) => {
      this.heard()
      noteTime(at)
    })
  }
}

function buildConnection(negotiated: boolean): HubConnection {
  const accessTokenFactory = () => token.get() ?? ''
  // A WebSocket without negotiation needs no sticky sessions in a cluster.
  const options = negotiated
    ? { accessTokenFactory }
    : { accessTokenFactory, transport: HttpTransportType.WebSockets, skipNegotiation: true }
  const connection = new HubConnectionBuilder()
    .withUrl(withBase('/hubs/live'), options)
    .configureLogging(LogLevel.None)
    .build()
  connection.serverTimeoutInMilliseconds = 20_000
  connection.keepAliveIntervalInMilliseconds = 10_000
  return connection
}

/** The one connection of this window. */
export const liveHub = new LiveHub(buildConnection)

/** The time on the server's clock, which moves on every second. */
export const serverNow = (): number => serviceTimeAt(liveHub.state.now)

/** The real time, for what a demonstration's own time says nothing about: sessions, screens, what this device keeps. */
export const realNow = (): number => (serviceTime.isSet ? liveHub.state.now : serverNow())

/** When the server was last heard, on the server's clock. */
export const lastHeardAt = computed(() => {
  const { heardAt } = liveHub.state
  return heardAt === null ? null : serviceTimeAt(heardAt)
})
