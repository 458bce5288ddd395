import { withBase } from '@/ui/basePath'
import { language } from '@/ui/language'
import { createClient } from './httpClient'
import { newKey } from './newKey'

/** No token is sent and no cookie: these calls are made without an account, whoever is signed in in this browser. */
export const publicClient = createClient({
  fetch: (input, init) => fetch(withBase(String(input)), { ...init, credentials: 'omit' }),
  token: () => null,
  language: () => language.value,
  newKey,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  onSignedOut: () => undefined,
})
