import { createClient } from './httpClient'
import { newKey } from './newKey'
import { language } from '@/ui/language'
import { token } from '@/session/sessionToken'
import { withBase } from '@/ui/basePath'

let signedOut = () => {}

/** Sets what the page does when the session has ended. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler
}

/** Calls the service as whoever is signed in. */
export const client = createClient({
  fetch: (input, init) => fetch(withBase(String(input)), init),
  token: token.get,
  language: () => language.value,
  newKey,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  onSignedOut: () => signedOut(),
})
