import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CalmWriter } from './calmWriter'

let written: number[]
let writer: CalmWriter
const offer = (value: number) => writer.offer(() => written.push(value))

const page = new EventTarget()

beforeEach(() => {
  vi.stubGlobal('window', page)
  vi.stubGlobal('document', new EventTarget())
  vi.useFakeTimers()
  written = []
  writer = new CalmWriter(500)
})
afterEach(() => {
  writer.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('writes the first value at once and the newest of the others after a calm', () => {
  offer(1)
  vi.advanceTimersByTime(0)
  for (let n = 2; n < 10; n++) {
    offer(n)
    vi.advanceTimersByTime(40)
  }
  expect(written).toEqual([1])
  vi.advanceTimersByTime(200)
  expect(written).toEqual([1, 9])
})

it('writes what waits when the page is left within the calm', () => {
  offer(1)
  vi.advanceTimersByTime(0)
  offer(2)
  page.dispatchEvent(new Event('pagehide'))
  expect(written).toEqual([1, 2])
  vi.advanceTimersByTime(1000)
  expect(written).toEqual([1, 2])
})

it('writes what waits when its component ends', () => {
  offer(1)
  vi.advanceTimersByTime(0)
  offer(2)
  writer.stop()
  expect(written).toEqual([1, 2])
})
