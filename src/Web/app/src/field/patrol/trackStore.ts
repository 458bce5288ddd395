import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useOutbox } from '../outbox/outboxStore'
import { isWorthKeeping, walkOf, type Measured } from './patrolTrack'

/** So many points go on their way together; the rest when the patrol ends, the page goes away, or a minute has passed. */
const chunk = 40
const atMost = 90_000

/**
 * Records the way of a patrol while a page is open: a browser gives no position with the screen off. It goes on while the worker looks at
 * other pages of the app, so that it is a store and no part of one page.
 */
export const useTrack = defineStore('patrol-track', () => {
  const { t } = useI18n()
  const outbox = useOutbox()
  const patrol = ref<string | null>(null)
  const points = shallowRef<Measured[]>([])
  const denied = ref(false)
  const awake = ref(false)
  let kept = 0
  let watching: number | null = null
  let lock: WakeLockSentinel | null = null
  const walk = computed(() => walkOf(points.value))
  const lastAt = computed(() => points.value.at(-1)?.time ?? null)

  function begin(id: string): void {
    if (patrol.value === id && watching !== null) return
    stop()
    patrol.value = id
    points.value = []
    kept = 0
    if (!('geolocation' in navigator)) return void (denied.value = true)
    denied.value = false
    watching = navigator.geolocation.watchPosition(
      measured,
      (error) => (denied.value = error.code === error.PERMISSION_DENIED),
      {
        enableHighAccuracy: true,
        maximumAge: 5_000,
      },
    )
    document.addEventListener('visibilitychange', hidden)
  }

  function measured({ coords, timestamp }: GeolocationPosition): void {
    const next: Measured = {
      at: new Date(timestamp).toISOString(),
      time: timestamp,
      lon: coords.longitude,
      lat: coords.latitude,
      accuracy: Math.round(coords.accuracy),
      ...(coords.speed !== null && coords.speed >= 0 && { speed: coords.speed }),
    }
    if (!isWorthKeeping(points.value.at(-1) ?? null, next)) return
    points.value = [...points.value, next]
    const first = points.value[kept]!
    if (points.value.length - kept >= chunk || next.time - first.time >= atMost) void send()
  }

  /** Puts into the queue what isn't there. The last point of what was sent begins the next piece, so that no gap opens between them. */
  async function send(): Promise<void> {
    const id = patrol.value
    const from = Math.max(0, kept - 1)
    const piece = points.value.slice(from)
    if (!id || points.value.length === kept || piece.length === 0) return
    kept = points.value.length
    await outbox.keep({
      kind: 'track',
      item: {
        at: piece[0]!.at,
        patrol: id,
        points: piece.map(({ at, lon, lat, accuracy, speed }) => ({
          ...{ at, lon, lat, accuracy },
          ...(speed !== undefined && { speed }),
        })),
      },
      label: t('patrol.track'),
    })
  }

  function hidden(): void {
    if (document.visibilityState === 'hidden') void send()
    else if (awake.value) void stayAwake(true)
  }

  /** Keeps the screen on while it is asked for; the browser ends it whenever the page is left. */
  async function stayAwake(on: boolean): Promise<void> {
    awake.value = on
    if (!on) return void (await lock?.release().catch(() => {}), (lock = null))
    try {
      lock = await navigator.wakeLock.request('screen')
    } catch {
      awake.value = false // The battery is low, or the browser can't.
    }
  }

  function stop(): void {
    if (watching !== null) navigator.geolocation.clearWatch(watching)
    watching = null
    document.removeEventListener('visibilitychange', hidden)
    void stayAwake(false)
  }

  /** Ends the track with the patrol. */
  async function end(): Promise<void> {
    stop()
    await send()
    patrol.value = null
  }

  return { patrol, points, denied, awake, walk, lastAt, begin, send, stayAwake, end }
})
