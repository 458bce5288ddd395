import { ref, watch } from 'vue'
import type { Router } from 'vue-router'
import type { Me } from '@/http/apiTypes'
import { api } from '@/http/api'
import { onSignedOut } from '@/http/client'
import { ApiError } from '@/http/httpClient'
import { mustFinishSignIn, signInAddress } from '@/session/startPage'
import { liveHub } from '@/live/hubConnection'
import { useSession } from '@/session/sessionStore'
import { setTimeZone } from '@/time/packTime'
import { token } from '@/session/sessionToken'
import { answered } from './networkSignal'
import { forgetSeen } from './storage/lastSeen'
import { forgetPhone } from './storage/forgetPhone'
import { takeKey } from './storage/phoneKeys'
import { useOwnHouseholds } from '@/households/ownHouseholds'
import { useSurveys } from '@/surveys/surveyStore'
import { useOwnPlaces } from '@/places/ownPlaces'
import { keepDraftsOf } from '@/ui/drafts'
import { ownAddress } from '@/ui/basePath'

const name = 'gridactors.field.me'

/** Whether the server has confirmed in this window who is signed in. The outbox sends nothing before that. */
export const confirmed = ref(false)
/** Whether the session has ended. What was typed stays until the person signs in again. */
export const signedOut = ref(false)

/** The person who was signed in last, for a start without a signal. Windows without a token of their own share the person of the cookie. */
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
  location.assign(signInAddress(ownAddress()))
}

/** Ends the session. What waits in the outbox stays there and is sent when the same person signs in again. */
export async function signOut(): Promise<void> {
  await useSession().end(async () => {
    kept.clear()
    await forgetPhone()
  })
}

/** Asks the server who is signed in. The page reloads if it was opened for somebody else. */
async function confirm(): Promise<void> {
  const session = useSession()
  const me = await api.me()
  answered()
  if (mustFinishSignIn(me)) return location.assign(signInAddress(ownAddress()))
  const assumed = session.me
  await takeKey(ownerOf(me), api.phoneKey).catch((error: unknown) => {
    // A service that is older than this page has none: the phone's own key stays in use.
    if (!(error instanceof ApiError && [404, 405].includes(error.status))) throw error
  })
  kept.write(me)
  keepDraftsOf(ownerOf(me))
  await forgetSeen(ownerOf(me))
  if (assumed && ownerOf(assumed) !== ownerOf(me)) return location.reload()
  session.me = me
  setTimeZone(me.pack.timeZone)
  confirmed.value = true
  signedOut.value = false
}

/** Opens the page for the person who was signed in last, also without a signal. The server confirms the person as soon as it can be reached. */
export function guardField(router: Router): void {
  let opened = false
  onSignedOut(() => {
    // Whoever holds the phone now has to sign in before reading on.
    void forgetPhone()
    useOwnHouseholds().forget()
    useSurveys().forget()
    useOwnPlaces().forget()
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

/** Waits ten seconds, or until the phone is online again. */
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

/** Runs the work as soon as the server has confirmed the person, and after every new confirmation. */
export const onConfirmed = (work: () => void) => watch(confirmed, (is) => is && work(), { immediate: true })
