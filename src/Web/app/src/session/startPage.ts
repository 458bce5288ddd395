import type { Me } from '@/http/apiTypes'
import { api } from '@/http/api'
import { boardAddress } from '@/ui/pageAddresses'
import { withBase } from '@/ui/basePath'

/**
 * The first page after signing in. A person whose posts are all in areas without children (a grid worker, a micro-grid head) works with
 * a phone. A person who may reopen cases or administer leads, and sees a board. Every other official works at a desk.
 */
export function startPage(me: Me, childrenOf: (area: string) => number): string {
  if (me.kiosk && me.home) return boardAddress(me.home)
  if (me.posts.length > 0 && me.posts.every((post) => childrenOf(post.area) === 0)) return '/m'
  const directs = me.posts.some((post) => post.may.includes('reopen') || post.may.includes('administer'))
  return directs && me.home ? boardAddress(me.home) : '/console'
}

/** Whether the person has to finish signing in first: change a password that somebody else gave, or set up a second factor. */
export const mustFinishSignIn = (me: Me): boolean => me.mustChangePassword || me.secondFactor === 'needed'

/** Reads the areas of the person's posts and decides on the start page. */
export async function findStartPage(me: Me): Promise<string> {
  const codes = [...new Set(me.posts.map((post) => post.area))]
  const areas = await Promise.all(codes.slice(0, 8).map((code) => api.area(code).catch(() => null)))
  const children = new Map(areas.flatMap((area) => (area ? [[area.code, area.children]] : [])))
  return startPage(me, (area) => children.get(area) ?? 1)
}

/** The full path of the sign-in page, which leads back to `then`. */
export function signInAddress(then: string): string {
  return withBase(`/signin?then=${encodeURIComponent(then)}`)
}

/** The address if it is one of our pages, else null. `then` comes from the address bar and can't be trusted. */
export function safeReturn(then: unknown): string | null {
  return typeof then === 'string' && /^\/(board|console|m)(\/|\?|$)/.test(then) ? then : null
}
