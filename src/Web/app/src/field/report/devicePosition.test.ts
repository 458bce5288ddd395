import { expect, it } from 'vitest'
import { better } from './devicePosition'

const fix = (accuracy: number) => ({ lon: 113.5, lat: 27.6, accuracy })

it('takes the first position, then only better ones, until the old one is old', () => {
  expect(better(null, fix(900), 0)).toBe(true)
  expect(better({ ...fix(20), at: 0 }, fix(12), 1000)).toBe(true)
  expect(better({ ...fix(20), at: 0 }, fix(60), 1000)).toBe(false)
  expect(better({ ...fix(20), at: 0 }, fix(60), 60_000)).toBe(true)
})
