import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from '@microsoft/signalr'
import { onScopeDispose, reactive, readonly, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { AreaFrame, Board, CaseChange, CaseView, InboxChange } from '@/http/apiTypes'
import { BoardWatch } from './boardWatch'
import { api } from '@/http/api'
import type { ApiError } from '@/http/httpClient'
import { refusalOf } from './hubError'
import { lightOf, type Light } from './liveLight'
import { token } from '@/session/sessionToken'

const steadyAfter = 10_000

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

const pulse = reactive({
  connected: false,
  heardAt: null as number | null,
  offset: 0,
  now: Date.now(),
  /** When the page began to connect, and whether it has not been able to since it last could. */
  since: Date.now(),
  failed: false,
})

const areas = new Map<string, { watch: BoardWatch; users: number; state: AreaState }>()
const cases = new Map<string, Set<CaseHandlers>>()
const inboxes = new Set<InboxHandlers>()

let connection: HubConnection | null = null
let wanted = false
let kick = () => {}

/** The server's clock, as far as the beats tell it: a wall screen's own clock is often wrong. */
export const serverNow = (): number => pulse.now + pulse.offset

export interface CaseHandlers {
  onChange: (change: CaseChange) => void
  /** The case as it was when watching began: what changed between reading and watching was pushed to nobody. */
  onView: (view: CaseView) => void
  /** There was a gap: what happened in it has to be read. */
  onMissed: () => void
}

export interface InboxHandlers {
  onChange: (change: InboxChange) => void
  /** There was a gap, in the connection or behind it: the inbox has to be read again. */
  onMissed: () => void
}

interface AreaState {
  board: ShallowRef<Board | null>
  inSync: Ref<boolean>
  error: ShallowRef<ApiError | null>
}

function build(negotiated: boolean): HubConnection {
  const accessTokenFactory = () => token.get() ?? ''
  // Straight to a WebSocket needs no sticky sessions in a cluster; a proxy that refuses it gets the negotiated transports.
  const built = new HubConnectionBuilder()
    .withUrl(
      '/hubs/live',
      negotiated
        ? { accessTokenFactory }
        : { accessTokenFactory, transport: HttpTransportType.WebSockets, skipNegotiation: true },
    )
    .configureLogging(LogLevel.None)
    .build()
  built.serverTimeoutInMilliseconds = 20_000
  built.keepAliveIntervalInMilliseconds = 10_000
  built.on('AreaChanged', (frame: AreaFrame) => {
    heard()
    areas.get(frame.area)?.watch.frame(frame)
  })
  built.on('CaseChanged', (change: CaseChange) => {
    heard()
    for (const { onChange } of cases.get(change.id) ?? []) onChange(change)
  })
  built.on('InboxChanged', (change: InboxChange) => {
    heard()
    for (const { onChange } of inboxes) onChange(change)
  })
  built.on('InboxMissed', () => {
    heard()
    inboxMissed()
  })
  built.on('Beat', (beat: { at: string }) => {
    heard()
    pulse.offset = Date.parse(beat.at) - Date.now()
  })
  return built
}

function inboxMissed(): void {
  for (const { onMissed } of inboxes) onMissed()
}

async function watchCase(id: string): Promise<void> {
  const view = await invoke<CaseView>('WatchCase', id).catch(() => null)
  if (view) for (const { onView } of cases.get(id) ?? []) onView(view)
}

function heard(): void {
  pulse.heardAt = pulse.now = Date.now()
}

/** Connects, and keeps connecting for as long as the page lives. */
async function run(): Promise<void> {
  for (let failures = 0; wanted;) {
    const current = build(failures % 4 === 3)
    const closed = new Promise<void>((resolve) => current.onclose(() => resolve()))
    try {
      await current.start()
      connection = current
      const since = Date.now()
      pulse.connected = true
      pulse.failed = false
      heard()
      for (const { watch } of areas.values()) void watch.resnapshot()
      for (const [id, handlers] of cases) {
        void watchCase(id)
        for (const { onMissed } of handlers) onMissed()
      }
      inboxMissed()
      await closed
      // One that ends at once is a failure too, however well it began: the next waits longer.
      failures = Date.now() - since < steadyAfter ? failures + 1 : 0
    } catch {
      failures++
      pulse.failed = true
      // A refused handshake doesn't say why; the session may be over.
      if (failures % 3 === 1) await api.me().catch(() => {})
    }
    connection = null
    pulse.connected = false
    for (const { watch } of areas.values()) watch.lost()
    if (wanted) await Promise.race([sleep(backoff(failures)), new Promise<void>((resolve) => (kick = resolve))])
  }
}

/** Spread out, so that a thousand screens don't come back in the same second. */
const backoff = (failures: number): number => Math.min(15_000, 500 * 2 ** failures) * (0.7 + Math.random() * 0.6)

function invoke<T>(method: string, argument: string): Promise<T> {
  return connection ? connection.invoke<T>(method, argument) : Promise.reject(new Error('offline'))
}

export function connect(): void {
  if (wanted) return
  wanted = true
  pulse.since = Date.now()
  setInterval(() => (pulse.now = Date.now()), 1000)
  window.addEventListener('online', () => kick())
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && kick())
  void run()
}

export async function disconnect(): Promise<void> {
  wanted = false
  kick()
  await connection?.stop()
}

export const live = readonly(pulse)

export interface LiveBoard {
  board: ShallowRef<Board | null>
  error: ShallowRef<ApiError | null>
  light: Ref<Light>
  /** When the numbers shown were last known to be right, in the server's clock. */
  goodAt: Ref<number | null>
}

/** The board of an area, for as long as the component lives. */
export function useBoard(code: Ref<string>): LiveBoard {
  const board = shallowRef<Board | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const light = ref<Light>('connecting')
  const goodAt = ref<number | null>(null)
  let release = () => {}

  watch(
    code,
    (next) => {
      release()
      board.value = error.value = goodAt.value = null
      const since = (pulse.now = Date.now())
      const { state, leave } = watchArea(next)
      const stops = [
        watch(state.board, (value) => (board.value = value), { immediate: true }),
        watch(state.error, (value) => (error.value = value), { immediate: true }),
        watch(
          [() => pulse.connected, () => pulse.heardAt, () => pulse.now, () => pulse.failed, state.inSync],
          ([connected, heardAt, now, failed, inSync]) => {
            const first = goodAt.value === null ? { since, failed } : null
            light.value = lightOf({ connected, heardAt, inSync, first }, now)
            if (connected && inSync && heardAt !== null) goodAt.value = heardAt + pulse.offset
          },
          { immediate: true },
        ),
      ]
      release = () => {
        stops.forEach((stop) => stop())
        leave()
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => release())
  return { board, error, light, goodAt }
}

function watchArea(code: string): { state: AreaState; leave: () => void } {
  let entry = areas.get(code)
  if (!entry) {
    const state: AreaState = { board: shallowRef(null), inSync: ref(false), error: shallowRef(null) }
    const watched = new BoardWatch({
      code,
      snapshot: (area) => invoke<Board>('WatchArea', area),
      sleep,
      onBoard: (value) => {
        heard()
        state.board.value = value
        state.error.value = null
      },
      onSync: (value) => (state.inSync.value = value),
      onError: (value) => {
        const refusal = refusalOf(value)
        if (refusal) state.error.value = refusal
        return !refusal
      },
    })
    entry = { watch: watched, users: 0, state }
    areas.set(code, entry)
    if (connection) void watched.resnapshot()
  }
  const held = entry
  held.users++
  return {
    state: held.state,
    leave: () => {
      if (--held.users > 0) return
      held.watch.stop()
      areas.delete(code)
      if (connection) void invoke('UnwatchArea', code).catch(() => {})
    },
  }
}

/** Tells about every change of a case, for as long as the component lives. */
export function useCaseChanges(id: Ref<string>, handlers: CaseHandlers): void {
  let leave = () => {}
  watch(
    id,
    (next) => {
      leave()
      const watching = cases.get(next) ?? new Set()
      cases.set(next, watching.add(handlers))
      if (connection) void watchCase(next)
      leave = () => {
        watching.delete(handlers)
        if (watching.size > 0) return
        cases.delete(next)
        if (connection) void invoke('UnwatchCase', next).catch(() => {})
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => leave())
}

/** Tells about every change of my inbox, for as long as the component lives. */
export function useInboxChanges(handlers: InboxHandlers): void {
  inboxes.add(handlers)
  onScopeDispose(() => inboxes.delete(handlers))
}

/** The light of a page that watches no board: its inbox. */
export function inboxLight(): Light {
  const { connected, heardAt, now, since, failed } = pulse
  return lightOf({ connected, inSync: true, heardAt, first: heardAt === null ? { since, failed } : null }, now)
}
