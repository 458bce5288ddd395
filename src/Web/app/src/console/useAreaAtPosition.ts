import { ref } from 'vue'
import type { Position } from '@/http/apiTypes'
import { api } from '@/http/api'

/** Finds the area at the position of the device or at a point of a map. */
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
      // No permission, no position, or no area there: in each case the person chooses the area by hand.
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
