import { expect, it } from 'vitest'
import { better } from './devicePosition'

const fix = (accuracy: number) => ({ lon: 113.5, lat: 27.6, accuracy })

it('replaces a position by a better one, or by a worse one when it is old', () => {
  expect(better(null, fix(900), 0)).toBe(true)
  expect(better({ ...fix(20), at: 0 }, fix(12), 1000)).toBe(true)
  expect(better({ ...fix(20), at: 0 }, fix(60), 1000)).toBe(false)
  expect(better({ ...fix(20), at: 0 }, fix(60), 60_000)).toBe(true)
})
