import { expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useHold } from './useHold'

it('holds presses for a moment after another step has taken the place of the main one', async () => {
  vi.useFakeTimers()
  const step = ref('claim')
  const held = effectScope().run(() => useHold(() => ['a', step.value]))!
  expect(held.value).toBe(false)
  step.value = 'on-site'
  await nextTick()
  expect(held.value).toBe(true)
  vi.advanceTimersByTime(800)
  expect(held.value).toBe(false)
})
