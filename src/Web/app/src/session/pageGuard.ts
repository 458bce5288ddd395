import type { Router } from 'vue-router'
import { onSignedOut } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { liveHub } from '@/live/hubConnection'
import { useSession } from './sessionStore'
import { signInAddress } from './startPage'
import { token } from './sessionToken'

/** Lets a page open only when the person is known, and connects to the hub. */
export function guard(router: Router): void {
  const leave = () => {
    token.clear()
    location.assign(signInAddress(location.pathname + location.search))
  }
  onSignedOut(leave)
  router.beforeEach(async () => {
    const session = useSession()
    try {
      const me = await session.load()
      session.failure = null
      if (me.mustChangePassword) {
        location.assign(signInAddress(location.pathname + location.search))
        return false
      }
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
