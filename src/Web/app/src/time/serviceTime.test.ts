import { beforeEach, describe, expect, it, vi } from 'vitest'
import { noteSetTime, noteTime, serviceNow, serviceTime } from './serviceTime'

describe('the time of the service', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-11-26T00:00:00Z') }))

  it('is what the server said, and what has passed since', () => {
    noteTime('2026-11-26T00:01:30Z')
    vi.advanceTimersByTime(2000)
    expect(new Date(serviceNow()).toISOString()).toBe('2026-11-26T00:01:32.000Z')
    expect(serviceTime.isSet).toBe(false)
  })

  it('passes faster where a demonstration says so', () => {
    noteSetTime({ now: '2026-02-12T16:40:00+08:00', pace: 600 })
    vi.advanceTimersByTime(6000)
    expect(new Date(serviceNow()).toISOString()).toBe('2026-02-12T09:40:00.000Z')
    expect(serviceTime.isSet).toBe(true)
  })
})
