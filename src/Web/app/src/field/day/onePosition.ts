import type { ItemPosition } from '../outbox/dayItems'

/** Nobody stands in the rain for longer. Without a position the record is taken all the same, and says so. */
const patience = 8000

/** Where the phone is now; null when it doesn't say. */
export function onePosition(): Promise<ItemPosition | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null)
  return new Promise((resolve) => {
    // A browser that waits for the person's permission calls neither back.
    const timer = setTimeout(() => resolve(null), patience + 1000)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(timer)
        resolve({ lon: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) })
      },
      () => {
        clearTimeout(timer)
        resolve(null)
      },
      { enableHighAccuracy: true, timeout: patience, maximumAge: 10_000 },
    )
  })
}
