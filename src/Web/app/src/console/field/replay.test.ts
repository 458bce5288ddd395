import { describe, expect, it } from 'vitest'
import type { Track } from '@/http/workerDayApi'
import { beginOf, endOf, gapsOf, metresOf, partsOf, walkedUntil, whereAt } from './replay'

const part = (...points: [minute: number, lon: number, lat: number][]): Track['features'][number] => ({
  geometry: { type: 'LineString', coordinates: points.map(([, lon, lat]) => [lon, lat]) },
  properties: { times: points.map(([minute]) => minute * 60_000) },
})
const track: Track = {
  features: [part([30, 119.6, 27.5], [40, 119.6, 27.6]), part([0, 119.5, 27.5], [10, 119.52, 27.5])],
}
const minutes = (n: number): number => n * 60_000

describe('the replay of a patrol', () => {
  const parts = partsOf(track)

  it('begins with the part that was walked first', () => {
    expect([beginOf(parts), endOf(parts)]).toEqual([minutes(0), minutes(40)])
    expect(gapsOf(parts).map(({ from, to }) => [from.at, to.at])).toEqual([[minutes(10), minutes(30)]])
  })
  it('moves between two points, and stands still in a gap, where nobody knows', () => {
    expect(whereAt(parts, minutes(5))).toEqual({ lon: expect.closeTo(119.51), lat: 27.5, unknown: false })
    expect(whereAt(parts, minutes(20))).toEqual({ lon: 119.52, lat: 27.5, unknown: true })
    expect(whereAt(parts, minutes(35))).toEqual({ lon: 119.6, lat: expect.closeTo(27.55), unknown: false })
    expect(whereAt(parts, -1)).toBeNull()
    expect(whereAt(parts, minutes(50))!.unknown).toBe(false)
  })
  it('draws what was walked so far without a line across a gap', () => {
    expect(walkedUntil(parts, minutes(20)).map((one) => one.length)).toEqual([2])
    expect(walkedUntil(parts, minutes(35)).map((one) => one.length)).toEqual([2, 2])
  })
  it('counts the metres of the parts alone', () => {
    expect(Math.round(metresOf(parts) / 100)).toBe(131)
  })
  it('leaves out points without a time', () => {
    const alone: Track['features'][number] = {
      geometry: { type: 'Point', coordinates: [119.5, 27.5] },
      properties: { times: [minutes(1)] },
    }
    expect(partsOf({ features: [alone] })).toEqual([[{ at: minutes(1), lon: 119.5, lat: 27.5 }]])
    const broken = { features: [{ ...part([0, 1, 1]), properties: { times: [] } }] }
    expect(partsOf(broken)).toEqual([])
    expect(whereAt([], 0)).toBeNull()
  })
})
