import { expect, it } from 'vitest'
import { mustRedraw, scaled } from './photoSize'

it.each([
  [4000, 3000, 1920, 1440],
  [3000, 4000, 1440, 1920],
  [1920, 1080, 1920, 1080],
  [640, 480, 640, 480],
  [8000, 2, 1920, 1],
  [1921, 1921, 1920, 1920],
])('%i × %i becomes %i × %i', (width, height, toWidth, toHeight) => {
  expect(scaled({ width, height })).toEqual({ width: toWidth, height: toHeight })
})

it('encodes a photo again when it is too large or no JPEG', () => {
  expect(mustRedraw({ width: 800, height: 600 }, 'image/jpeg', 200_000)).toBe(false)
  expect(mustRedraw({ width: 800, height: 600 }, 'image/png', 200_000)).toBe(true)
  expect(mustRedraw({ width: 4000, height: 3000 }, 'image/jpeg', 200_000)).toBe(true)
  expect(mustRedraw({ width: 1900, height: 1000 }, 'image/jpeg', 5_000_000)).toBe(true)
})
