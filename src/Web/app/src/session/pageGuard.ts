import type { Router } from 'vue-router'
import { onSignedOut } from '@/http/client'
import { ApiError } from '@/http/httpClient'
import { liveHub } from '@/live/hubConnection'
import { boardAddress, wallAddress } from '@/ui/pageAddresses'
import { useSession } from './sessionStore'
import { mustFinishSignIn, signInAddress } from './startPage'
import { token } from './sessionToken'
import { ownAddress, withBase } from '@/ui/basePath'

/** Lets a page open only when the person is known, and connects to the hub. */
export function guard(router: Router): void {
  const leave = () => {
    // On the page where a wall screen begins, nobody has to be signed in.
    if (router.currentRoute.value.meta.open) return
    token.clear()
    // A wall screen that was ended begins again with a code.
    if (useSession().me?.kiosk) return location.assign(withBase(wallAddress))
    location.assign(signInAddress(ownAddress()))
  }
  onSignedOut(leave)
  router.beforeEach(async (to) => {
    if (to.meta.open) return true
    const session = useSession()
    try {
      const me = await session.load()
      session.failure = null
      if (mustFinishSignIn(me)) {
        location.assign(signInAddress(ownAddress()))
        return false
      }
      if (me.kiosk && me.home && !to.path.startsWith('/board/')) return boardAddress(me.home)
      liveHub.connect()
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401) leave()
      else session.failure = error
      return false
    }
  })
}
