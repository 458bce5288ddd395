import { describe, expect, it } from 'vitest'
import { lateAfter, lightOf, offlineAfter } from './light'

const now = 1_000_000
const pulse = (silence: number, connected = true, inSync = true) => ({ connected, inSync, heardAt: now - silence })

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

  it('is red before anything was heard', () => {
    expect(lightOf({ connected: true, inSync: true, heardAt: null }, now)).toBe('offline')
  })
})
