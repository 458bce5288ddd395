export type Light = 'connecting' | 'live' | 'late' | 'offline'

/** The server beats every five seconds; one lost beat is a hiccup, more is news. */
export const lateAfter = 8_000
export const offlineAfter = 20_000

/** A first connection that takes longer than this is no longer the page's start, it is trouble. */
export const patience = 3_000

export interface Pulse {
  connected: boolean
  /** What is shown is what the server has: a snapshot was taken on this connection, and no gap is open. */
  inSync: boolean
  /** When the server was last heard, in the same clock as `now`; null before the first time. */
  heardAt: number | null
  /** The wait for the first thing to show: since when, and whether an attempt has failed; null once it was there. */
  first: { since: number; failed: boolean } | null
}

/** Green only while frames or beats arrive on a connection that is in sync. It never shows stale numbers as live. */
export function lightOf(pulse: Pulse, now: number): Light {
  const light = heard(pulse, now)
  const { first } = pulse
  return light !== 'live' && first && !first.failed && now - first.since < patience ? 'connecting' : light
}

function heard({ connected, inSync, heardAt }: Pulse, now: number): Light {
  if (heardAt === null) return 'offline'
  const silence = now - heardAt
  if (!connected) return silence > lateAfter ? 'offline' : 'late'
  if (silence > offlineAfter) return 'offline'
  return silence > lateAfter || !inSync ? 'late' : 'live'
}
