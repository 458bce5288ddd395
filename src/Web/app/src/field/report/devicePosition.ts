import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Position } from '@/http/apiTypes'

export type Fix = Position & { accuracy: number }
export type Locating = 'locating' | 'found' | 'denied' | 'failed'

const goodEnough = 25
const patience = 20_000

/** Whether a new fix replaces the known one, whose error grows by 1.5 metres a second: the speed of a person who walks. */
export function better(known: (Fix & { at: number }) | null, next: Fix, at: number): boolean {
  return !known || next.accuracy <= known.accuracy + ((at - known.at) / 1000) * 1.5
}

/** The position of the phone: the first fix at once, then better ones for at most twenty seconds. */
export function usePosition(found: (fix: Fix) => void) {
  const state = ref<Locating>('locating')
  const fix = shallowRef<(Fix & { at: number }) | null>(null)
  let watching: number | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop(): void {
    if (watching !== null) navigator.geolocation.clearWatch(watching)
    watching = null
    clearTimeout(timer)
  }

  function find(): void {
    stop()
    fix.value = null
    if (!('geolocation' in navigator)) return void (state.value = 'failed')
    state.value = 'locating'
    timer = setTimeout(() => {
      stop()
      if (!fix.value) state.value = 'failed'
    }, patience)
    watching = navigator.geolocation.watchPosition(
      ({ coords }) => {
        const next = { lon: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) }
        if (!better(fix.value, next, Date.now())) return
        fix.value = { ...next, at: Date.now() }
        state.value = 'found'
        found(next)
        if (next.accuracy <= goodEnough) stop()
      },
      (error) => {
        if (fix.value) return
        state.value = error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'
        stop()
      },
      { enableHighAccuracy: true, timeout: patience, maximumAge: 15_000 },
    )
  }

  onScopeDispose(stop)
  return { state, find, stop }
}
