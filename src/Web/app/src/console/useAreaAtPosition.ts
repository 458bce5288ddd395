import { ref } from 'vue'
import type { Position } from '@/http/apiTypes'
import { api } from '@/http/api'

/** Where the person stands, and the area that contains the place. Without a position the form is filled in by hand. */
export function useAreaAtPosition(found: (area: string, position: Position) => void) {
  async function at(position: Position): Promise<void> {
    found((await api.areaAt(position)).code, position)
  }

  const busy = ref(false)
  const failed = ref(false)

  async function tryTo(locate: () => Promise<void>): Promise<void> {
    busy.value = true
    failed.value = false
    try {
      await locate()
    } catch {
      // Refused, switched off, unknown, or outside of every area: the same to somebody who fills in a form.
      failed.value = true
    } finally {
      busy.value = false
    }
  }

  return {
    busy,
    failed,
    /** From the device. */
    find: () => tryTo(async () => at(await devicePosition())),
    /** From a map. */
    mark: (position: Position) => tryTo(() => at(position)),
  }
}

function devicePosition(): Promise<Position> {
  return new Promise((resolve, reject) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
      reject,
      { enableHighAccuracy: true, timeout: 10_000 },
    ),
  )
}
