import type { Track } from '@/http/workerDayApi'

export interface TrackPoint {
  at: number
  lon: number
  lat: number
}

/** Where somebody was at a moment: on a part of the track, or in a gap between two, where nobody knows. */
export interface Whereabouts {
  lon: number
  lat: number
  /** In a gap: the place is where they were last seen. */
  unknown: boolean
}

/** The parts of a track in the order of their times. What has no time of its own can't be replayed and is left out. */
export function partsOf(track: Track): TrackPoint[][] {
  return track.features
    .map(({ geometry: { coordinates }, properties: { times } }) => {
      const points = (typeof coordinates[0] === 'number' ? [coordinates] : coordinates) as number[][]
      return points.flatMap(([lon, lat], index) => {
        const at = times[index]
        return at === undefined || lon === undefined || lat === undefined ? [] : [{ at, lon, lat }]
      })
    })
    .filter((part) => part.length > 0)
    .sort((a, b) => a[0]!.at - b[0]!.at)
}

export interface Gap {
  from: TrackPoint
  to: TrackPoint
}

/** Between the end of one part and the beginning of the next nobody knows where they were. */
export const gapsOf = (parts: TrackPoint[][]): Gap[] =>
  parts.slice(1).map((part, index) => ({ from: parts[index]!.at(-1)!, to: part[0]! }))

export const beginOf = (parts: TrackPoint[][]): number => parts[0]?.[0]?.at ?? 0
export const endOf = (parts: TrackPoint[][]): number => parts.at(-1)?.at(-1)?.at ?? 0

/** Null before the first point. */
export function whereAt(parts: TrackPoint[][], at: number): Whereabouts | null {
  const part = parts.findLast(([first]) => first!.at <= at)
  if (!part) return null
  const index = part.findLastIndex((point) => point.at <= at)
  const [from, to] = [part[index]!, part[index + 1]]
  if (!to) {
    const isOver = at > from.at && part !== parts.at(-1)
    return { lon: from.lon, lat: from.lat, unknown: isOver }
  }
  const share = to.at === from.at ? 0 : (at - from.at) / (to.at - from.at)
  return {
    lon: from.lon + (to.lon - from.lon) * share,
    lat: from.lat + (to.lat - from.lat) * share,
    unknown: false,
  }
}

/** The track up to a moment, part by part, for drawing what was walked already. */
export function walkedUntil(parts: TrackPoint[][], at: number): TrackPoint[][] {
  return parts.flatMap((part) => {
    const walked = part.filter((point) => point.at <= at)
    if (walked.length === 0) return []
    const here = walked.length < part.length ? whereAt([part], at) : null
    return [here ? [...walked, { at, lon: here.lon, lat: here.lat }] : walked]
  })
}

/** How far was walked, in metres: what lies in gaps isn't counted. */
export function metresOf(parts: TrackPoint[][]): number {
  const radians = Math.PI / 180
  const between = (a: TrackPoint, b: TrackPoint): number => {
    const x = (b.lon - a.lon) * radians * Math.cos(((a.lat + b.lat) / 2) * radians)
    const y = (b.lat - a.lat) * radians
    return Math.hypot(x, y) * 6_371_000
  }
  return parts.reduce(
    (sum, part) => sum + part.slice(1).reduce((walked, point, index) => walked + between(part[index]!, point), 0),
    0,
  )
}
