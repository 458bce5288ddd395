import type { TrackPoint } from '../outbox/dayItems'

/** A point of a patrol's track, as the phone measures it. */
export interface Measured extends TrackPoint {
  /** In milliseconds. */
  time: number
}

/** Points of somebody who stands, or who is measured anew without having moved, say nothing. */
const stand = 8
const often = 5_000
/** Longer than this without a point, and the track has a gap: nobody knows where the way went. */
export const gapAfter = 120_000

const radius = 6_371_000
const rad = (degrees: number): number => (degrees * Math.PI) / 180

/** In metres. */
export function distance(a: Pick<TrackPoint, 'lon' | 'lat'>, b: Pick<TrackPoint, 'lon' | 'lat'>): number {
  const x = rad(b.lon - a.lon) * Math.cos(rad((a.lat + b.lat) / 2))
  return Math.hypot(x, rad(b.lat - a.lat)) * radius
}

/** Whether a new measurement belongs to the track: precise enough, not too soon, and of somebody who moved or stood for a minute. */
export function isWorthKeeping(last: Measured | null, next: Measured): boolean {
  if (next.accuracy > 100) return false
  if (!last) return true
  const passed = next.time - last.time
  if (passed < often) return false
  return passed >= 60_000 || distance(last, next) > Math.max(stand, next.accuracy / 2)
}

export interface Walk {
  metres: number
  gaps: { from: number; to: number }[]
}

/** How far a track goes, without what lies in its gaps, which are named. */
export function walkOf(points: readonly Measured[]): Walk {
  const walk: Walk = { metres: 0, gaps: [] }
  for (let i = 1; i < points.length; i++) {
    const [before, after] = [points[i - 1]!, points[i]!]
    if (after.time - before.time > gapAfter) walk.gaps.push({ from: before.time, to: after.time })
    else walk.metres += distance(before, after)
  }
  return walk
}
