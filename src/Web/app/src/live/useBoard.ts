import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Board } from '@/http/apiTypes'
import type { ApiError } from '@/http/httpClient'
import { BoardWatch } from './boardWatch'
import { refusalOf } from './hubError'
import { liveHub } from './hubConnection'
import { lightOf, type Light } from './liveLight'
import { serviceTimeAt } from '@/time/serviceTime'

export interface LiveBoard {
  board: ShallowRef<Board | null>
  error: ShallowRef<ApiError | null>
  light: Ref<Light>
  /** When the numbers shown were last known to be right, on the server's clock. */
  goodAt: Ref<number | null>
}

/** A board that is watched once, however many components show it. */
interface SharedBoard {
  watch: BoardWatch
  users: number
  board: ShallowRef<Board | null>
  inSync: Ref<boolean>
  error: ShallowRef<ApiError | null>
}

const shared = new Map<string, SharedBoard>()

liveHub.onMessage('AreaChanged', (frame) => shared.get(frame.area)?.watch.frame(frame))
liveHub.onConnected(() => shared.forEach(({ watch }) => void watch.resnapshot()))
liveHub.onDisconnected(() => shared.forEach(({ watch }) => watch.lost()))

/** The board of an area, for as long as the component lives. */
export function useBoard(code: Ref<string>): LiveBoard {
  const board = shallowRef<Board | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const light = ref<Light>('connecting')
  const goodAt = ref<number | null>(null)
  let release = () => {}

  function show(next: string): void {
    board.value = error.value = goodAt.value = null
    const since = liveHub.refreshNow()
    const entry = acquire(next)
    const { state } = liveHub
    const stops = [
      watch(entry.board, (value) => (board.value = value), { immediate: true }),
      watch(entry.error, (value) => (error.value = value), { immediate: true }),
      watch(
        [() => ({ ...state }), entry.inSync],
        ([{ connected, heardAt, now, failed }, inSync]) => {
          const first = goodAt.value === null ? { since, failed } : null
          light.value = lightOf({ connected, heardAt, inSync, first }, now)
          if (connected && inSync && heardAt !== null) goodAt.value = serviceTimeAt(heardAt)
        },
        { immediate: true },
      ),
    ]
    release = () => {
      stops.forEach((stop) => stop())
      releaseShared(next, entry)
    }
  }

  watch(
    code,
    (next) => {
      release()
      show(next)
    },
    { immediate: true },
  )
  onScopeDispose(() => release())
  return { board, error, light, goodAt }
}

function acquire(code: string): SharedBoard {
  const entry = shared.get(code) ?? begin(code)
  entry.users++
  return entry
}

function begin(code: string): SharedBoard {
  const board = shallowRef<Board | null>(null)
  const inSync = ref(false)
  const error = shallowRef<ApiError | null>(null)
  const watched = new BoardWatch({
    code,
    snapshot: (area) => liveHub.invoke<Board>('WatchArea', area),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    onBoard: (value) => {
      liveHub.heard()
      board.value = value
      error.value = null
    },
    onSync: (value) => (inSync.value = value),
    onError: (value) => {
      const refusal = refusalOf(value)
      if (refusal) error.value = refusal
      return !refusal
    },
  })
  const entry: SharedBoard = { watch: watched, users: 0, board, inSync, error }
  shared.set(code, entry)
  if (liveHub.state.connected) void watched.resnapshot()
  return entry
}

function releaseShared(code: string, entry: SharedBoard): void {
  if (--entry.users > 0) return
  entry.watch.stop()
  shared.delete(code)
  liveHub.tell('UnwatchArea', code)
}
