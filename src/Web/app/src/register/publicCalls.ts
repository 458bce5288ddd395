import type { ApplicationForm, ApplicationState, NewApplication, PhoneCode } from '@/http/apiTypes'
import { createClient } from '@/http/httpClient'
import { withBase } from '@/ui/basePath'
import { language } from '@/ui/language'

/** 128 random bits. `crypto.randomUUID` exists in secure contexts only. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** No token is sent and no cookie: these calls are made without an account, whoever is signed in in this browser. */
const client = createClient({
  fetch: (input, init) => fetch(withBase(String(input)), { ...init, credentials: 'omit' }),
  token: () => null,
  language: () => language.value,
  newKey: newSecret,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  onSignedOut: () => undefined,
})

const base = '/api/public/registrations'

export const publicCalls = {
  form: (code: string) => client.post<ApplicationForm>(`${base}/form`, { code }),
  phone: (code: string, phone: string) => client.post<PhoneCode>(`${base}/phone`, { code, phone }),
  apply: (application: NewApplication) => client.post<ApplicationState>(`${base}`, application),
  state: (secret: string) => client.post<ApplicationState>(`${base}/state`, { secret }),
}
