import { ref } from 'vue'
import type { Position } from '@/shared/api'
import { api } from '@/shared/calls'

/** Where the person stands, and the area that contains the place. Without a position the form is filled in by hand. */
export function useHere(found: (area: string, position: Position) => void) {
  const busy = ref(false)
  const failed = ref(false)

  async function find(): Promise<void> {
    busy.value = true
    failed.value = false
    try {
      const { coords } = await new Promise<GeolocationPosition>((resolve, reject) =>
        navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: 10_000 }),
      )
      const position = { lon: coords.longitude, lat: coords.latitude }
      found((await api.areaAt(position)).code, position)
    } catch {
      // Refused, switched off, unknown, or outside of every area: the same to somebody who fills in a form.
      failed.value = true
    } finally {
      busy.value = false
    }
  }

  return { busy, failed, find }
}
