import { beforeEach, describe, expect, it, vi } from 'vitest'
import { noteSetTime, noteTime, recallSetTime, serviceNow, serviceTime } from './serviceTime'

const stored = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (name: string) => stored.get(name) ?? null,
  setItem: (name: string, value: string) => stored.set(name, value),
  removeItem: (name: string) => stored.delete(name),
})

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

  it('goes on without a connection as it was last said', () => {
    noteSetTime({ now: '2026-02-12T16:40:00+08:00', pace: 600 })
    noteTime('2026-11-26T00:00:00Z')
    vi.advanceTimersByTime(6000)
    recallSetTime()
    expect(new Date(serviceNow()).toISOString()).toBe('2026-02-12T09:40:00.000Z')
    noteSetTime(null)
    expect(stored.size).toBe(0)
  })
})
