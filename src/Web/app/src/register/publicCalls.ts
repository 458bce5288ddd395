import type { ApplicationForm, ApplicationState, NewApplication, PhoneCode } from '@/http/apiTypes'
import { publicClient } from '@/http/publicClient'

const base = '/api/public/registrations'

export const publicCalls = {
  form: (code: string) => publicClient.post<ApplicationForm>(`${base}/form`, { code }),
  phone: (code: string, phone: string) => publicClient.post<PhoneCode>(`${base}/phone`, { code, phone }),
  apply: (application: NewApplication) => publicClient.post<ApplicationState>(`${base}`, application),
  state: (secret: string) => publicClient.post<ApplicationState>(`${base}/state`, { secret }),
}
