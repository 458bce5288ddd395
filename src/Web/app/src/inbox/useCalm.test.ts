import { beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useCalm } from './useCalm'

beforeEach(() => {
  vi.useFakeTimers()
})

it('tells the first at once, and the ten thousand that follow together', () => {
  const told: number[] = []
  const calm = effectScope().run(() => useCalm((ids) => told.push(ids.length)))!
  for (let i = 0; i < 10_000; i++) calm([String(i)])
  expect(told).toEqual([1])
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([1, 9_999])
  vi.advanceTimersByTime(60_000)
  calm(['later'])
  expect(told).toEqual([1, 9_999, 1])
})

it('tells nothing when nothing is fresh', () => {
  const tell = vi.fn()
  effectScope().run(() => useCalm(tell))!([])
  expect(tell).not.toHaveBeenCalled()
})
