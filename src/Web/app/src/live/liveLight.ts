export type Light = 'connecting' | 'live' | 'late' | 'offline'

/** The server sends a beat every five seconds. One lost beat changes nothing. */
export const lateAfter = 8_000
export const offlineAfter = 20_000

/** The first connection may take this long before the light shows a problem. */
export const patience = 3_000

export interface Pulse {
  connected: boolean
  /** Whether the board equals the server's: its snapshot is of this connection, and no frame is missing. */
  inSync: boolean
  /** When the server was last heard, in the same clock as `now`; null before the first time. */
  heardAt: number | null
  /** While nothing has been shown yet: since when the page waits, and whether an attempt has failed. Then null. */
  first: { since: number; failed: boolean } | null
}

/** The light is green only while frames or beats arrive and the board is in sync, so that outdated numbers never look live. */
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
