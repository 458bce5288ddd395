import { describe, expect, it } from 'vitest'
import { lateAfter, lightOf, offlineAfter, patience } from './liveLight'

const now = 1_000_000
const pulse = (silence: number, connected = true, inSync = true) => ({
  connected,
  inSync,
  heardAt: now - silence,
  first: null,
})
const unheard = (waited: number, failed = false) => ({
  connected: false,
  inSync: true,
  heardAt: null,
  first: { since: now - waited, failed },
})

describe('the light', () => {
  it('is green while the server is heard', () => {
    expect(lightOf(pulse(0), now)).toBe('live')
    expect(lightOf(pulse(lateAfter), now)).toBe('live')
  })

  it('turns amber when it is late and red when it stopped, even on an open connection', () => {
    expect(lightOf(pulse(lateAfter + 1), now)).toBe('late')
    expect(lightOf(pulse(offlineAfter + 1), now)).toBe('offline')
  })

  it('is never green without a connection', () => {
    expect(lightOf(pulse(0, false), now)).toBe('late')
    expect(lightOf(pulse(lateAfter + 1, false), now)).toBe('offline')
  })

  it('is never green while a gap is open, though the server beats', () => {
    expect(lightOf(pulse(0, true, false), now)).toBe('late')
  })

  it('is no alarm while the first connection is made, and red when that fails or takes too long', () => {
    expect(lightOf(unheard(0), now)).toBe('connecting')
    expect(lightOf(unheard(patience), now)).toBe('offline')
    expect(lightOf(unheard(0, true), now)).toBe('offline')
  })

  it('is no alarm while the first board is read, and green as soon as it is there', () => {
    const first = { since: now - 100, failed: false }
    expect(lightOf({ ...pulse(0, true, false), first }, now)).toBe('connecting')
    expect(lightOf({ ...pulse(0, true, false), first: { ...first, since: now - patience } }, now)).toBe('late')
    expect(lightOf({ ...pulse(0), first }, now)).toBe('live')
  })
})
