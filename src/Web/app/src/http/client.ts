import { createClient } from './httpClient'
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
  newKey: () => newKey(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  onSignedOut: () => signedOut(),
})

/** A random key. `crypto.randomUUID` exists in secure contexts only, and offices open the wall board over plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
