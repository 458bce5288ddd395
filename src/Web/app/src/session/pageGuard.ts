import type { Router } from 'vue-router'
import type { Me } from '@/http/apiTypes'
import { api, onSignedOut } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { liveHub } from '@/live/hubConnection'
import { useSession } from './sessionStore'
import { token } from './sessionToken'

/**
 * Where a person's day begins. Who holds posts in the deepest areas only, a grid worker or a micro-grid head, stands outdoors with a
 * phone; who may reopen what others closed, or administers, leads and looks at a board; every other official works at a desk.
 */
export function startPage(me: Me, childrenOf: (area: string) => number): string {
  if (me.posts.length > 0 && me.posts.every((post) => childrenOf(post.area) === 0)) return '/m'
  const directs = me.posts.some((post) => post.may.includes('reopen') || post.may.includes('administer'))
  return directs && me.home ? `/board/${encodeURIComponent(me.home)}` : '/console'
}

/** The start page, with what it takes to know it. */
export async function findStartPage(me: Me): Promise<string> {
  const codes = [...new Set(me.posts.map((post) => post.area))]
  const areas = await Promise.all(codes.slice(0, 8).map((code) => api.area(code).catch(() => null)))
  const children = new Map(areas.flatMap((area) => (area ? [[area.code, area.children]] : [])))
  return startPage(me, (area) => children.get(area) ?? 1)
}

/** The way to sign in, and back to here afterwards. */
export function signInAddress(then: string): string {
  return `/signin?then=${encodeURIComponent(then)}`
}

/** Only addresses of our own pages: `then` comes from the address bar. */
export function safeReturn(then: unknown): string | null {
  return typeof then === 'string' && /^\/(board|console|m)(\/|\?|$)/.test(then) ? then : null
}

/** Every page behind this guard knows who looks at it, and is live. */
export function guard(router: Router): void {
  const leave = () => {
    token.clear()
    location.assign(signInAddress(location.pathname + location.search))
  }
  onSignedOut(leave)
  router.beforeEach(async () => {
    const session = useSession()
    try {
      await session.load()
      session.failure = null
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
