import type { InvitedSurvey } from '@/http/apiTypes'
import { publicClient } from '@/http/publicClient'
import type { Answers } from '@/surveys/answers'

const base = '/api/public/surveys'

export const publicCalls = {
  form: (code: string) => publicClient.post<InvitedSurvey>(`${base}/form`, { code }),
  answer: (code: string, answers: Answers) => publicClient.post<void>(`${base}/answers`, { code, answers }),
}
