import { onScopeDispose } from 'vue'
import { readServiceVersion } from '@/http/serviceVersion'
import { liveHub } from './hubConnection'

/** A wall stays open for months: when it is connected again to a service of another version, it loads that version's page. */
export function useReloadOnUpgrade(): void {
  let known = ''
  onScopeDispose(
    liveHub.onConnected(async () => {
      const running = await readServiceVersion((address) => fetch(address))
      if (known && running && running !== known) location.reload()
      known ||= running
    }),
  )
}
