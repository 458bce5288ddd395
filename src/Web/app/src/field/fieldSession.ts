import { ref, watch } from 'vue'
import type { Router } from 'vue-router'
import type { Me } from '@/http/apiTypes'
import { api, onSignedOut } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { signInAddress } from '@/session/pageGuard'
import { liveHub } from '@/live/hubConnection'
import { useSession } from '@/session/sessionStore'
import { setTimeZone } from '@/time/packTime'
import { token } from '@/session/sessionToken'
import { answered } from './networkSignal'

const name = 'gridactors.field.me'

/** The server has said in this window who we are; before that, nothing is sent. */
export const confirmed = ref(false)
/** The session is over; what was typed stays where it is until the person signs in again. */
export const signedOut = ref(false)

/** A window with a token of its own remembers its own person; the others share the one of the cookie. */
const kept = {
  read(): Me | null {
    try {
      const text = token.get() ? sessionStorage.getItem(name) : localStorage.getItem(name)
      return text ? (JSON.parse(text) as Me) : null
    } catch {
      return null
    }
  },
  write(me: Me): void {
    sessionStorage.setItem(name, JSON.stringify(me))
    localStorage.setItem(name, JSON.stringify(me))
  },
  clear(): void {
    sessionStorage.removeItem(name)
    localStorage.removeItem(name)
  },
}

export const ownerOf = (me: Me): string => `${me.pack.id}/${me.id}`

export function signInAgain(): void {
  token.clear()
  location.assign(signInAddress(location.pathname + location.search))
}

/** Signing out keeps what waits to be sent: it goes out when the same person signs in again. */
export async function signOut(): Promise<void> {
  await useSession().end()
  kept.clear()
}

/** Asks the server who we are. Somebody else than was assumed gets a page of their own. */
async function confirm(): Promise<void> {
  const session = useSession()
  const me = await api.me()
  answered()
  const assumed = session.me
  kept.write(me)
  if (assumed && ownerOf(assumed) !== ownerOf(me)) return location.reload()
  session.me = me
  setTimeZone(me.pack.timeZone)
  confirmed.value = true
  signedOut.value = false
}

/** Without a signal, the page opens for whom it opened last; the server confirms it as soon as it can be reached. */
export function guardField(router: Router): void {
  let opened = false
  onSignedOut(() => {
    if (opened) signedOut.value = true
    else signInAgain()
  })
  router.beforeEach(async () => {
    const session = useSession()
    if (opened) return true
    const assumed = kept.read()
    if (assumed) {
      session.me = assumed
      setTimeZone(assumed.pack.timeZone)
      opened = true
      void confirmUntilDone()
    } else {
      try {
        await confirm()
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        if (error.status !== 401) {
          session.failure = error
          window.addEventListener('online', () => location.reload(), { once: true })
        }
        return false
      }
    }
    session.failure = null
    opened = true
    liveHub.connect()
    return true
  })
}

async function confirmUntilDone(): Promise<void> {
  while (!confirmed.value) {
    try {
      await confirm()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401) return
      await soon()
    }
  }
}

/** A while, or as soon as the phone says it is online again. */
function soon(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      clearTimeout(timer)
      window.removeEventListener('online', stop)
      resolve()
    }
    const timer = setTimeout(stop, 10_000)
    window.addEventListener('online', stop)
  })
}

/** Runs as soon as the server has said who we are, and again after each change of that. */
export const onConfirmed = (work: () => void) => watch(confirmed, (is) => is && work(), { immediate: true })
