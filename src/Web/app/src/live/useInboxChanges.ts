import { onScopeDispose } from 'vue'
import type { InboxChange, InboxLoss } from '@/http/apiTypes'
import { liveHub } from './hubConnection'
import { lightOf, type Light } from './liveLight'

export interface InboxHandlers {
  onChange: (change: InboxChange | InboxLoss) => void
  /** Changes may have been lost, in the connection or in the service: the inbox has to be read again. */
  onMissed: () => void
}

/** Tells about every change of my inbox, for as long as the component lives. */
export function useInboxChanges({ onChange, onMissed }: InboxHandlers): void {
  const stops = [
    liveHub.onMessage('InboxChanged', onChange),
    liveHub.onMessage('InboxMissed', onMissed),
    liveHub.onConnected(onMissed),
  ]
  onScopeDispose(() => stops.forEach((stop) => stop()))
}

/** The light of a page that shows the inbox and no board. */
export function inboxLight(): Light {
  const { connected, heardAt, now, connectingSince, failed } = liveHub.state
  const first = heardAt === null ? { since: connectingSince, failed } : null
  return lightOf({ connected, inSync: true, heardAt, first }, now)
}
