import { describe, expect, it } from 'vitest'
import { distance, isWorthKeeping, walkOf, type Measured } from './patrolTrack'

const point = (seconds: number, north: number, accuracy = 10): Measured => ({
  at: '',
  time: seconds * 1000,
  lon: 113.5,
  // A metre is about 9 millionths of a degree of latitude.
  lat: 27.65 + north / 111_195,
  accuracy,
})

describe('the track of a patrol', () => {
  it('measures in metres', () => {
    expect(distance(point(0, 0), point(0, 100))).toBeCloseTo(100, 0)
  })

  it('keeps the first point, steps, and one a minute of somebody who stands', () => {
    const first = point(0, 0)
    expect(isWorthKeeping(null, first)).toBe(true)
    expect(isWorthKeeping(first, point(3, 40))).toBe(false)
    expect(isWorthKeeping(first, point(10, 3))).toBe(false)
    expect(isWorthKeeping(first, point(10, 20))).toBe(true)
    expect(isWorthKeeping(first, point(61, 0))).toBe(true)
  })

  it('drops a measurement that is hundreds of metres off', () => {
    expect(isWorthKeeping(null, point(0, 0, 400))).toBe(false)
  })

  it('shows a gap as a gap and counts no way in it', () => {
    const walk = walkOf([point(0, 0), point(30, 50), point(600, 900), point(630, 950)])
    expect(Math.round(walk.metres)).toBe(100)
    expect(walk.gaps).toEqual([{ from: 30_000, to: 600_000 }])
  })

  it('is nothing without points', () => {
    expect(walkOf([])).toEqual({ metres: 0, gaps: [] })
  })
})
