import type { Invitation, Page } from './apiTypes'
import { client } from './client'

/** Codes by which households and residents answer a survey themselves. */
export const invitationApi = {
  /** At most 100 at a time. */
  invite: (survey: string, subjects: string[]) =>
    client.post<Page<Invitation>>(`/api/surveys/${encodeURIComponent(survey)}/invitations`, { subjects }),
}
