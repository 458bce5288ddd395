export type Light = 'live' | 'late' | 'offline'

/** The server beats every five seconds; one lost beat is a hiccup, more is news. */
export const lateAfter = 8_000
export const offlineAfter = 20_000

export interface Pulse {
  connected: boolean
  /** What is shown is what the server has: a snapshot was taken on this connection, and no gap is open. */
  inSync: boolean
  /** When the server was last heard, in the same clock as `now`; null before the first time. */
  heardAt: number | null
}

/** Green only while frames or beats arrive on a connection that is in sync. It never shows stale numbers as live. */
export function lightOf({ connected, inSync, heardAt }: Pulse, now: number): Light {
  if (heardAt === null) return 'offline'
  const silence = now - heardAt
  if (!connected) return silence > lateAfter ? 'offline' : 'late'
  if (silence > offlineAfter) return 'offline'
  return silence > lateAfter || !inSync ? 'late' : 'live'
}
