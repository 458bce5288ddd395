import type { Page } from '@/http/apiTypes'
import { client } from '@/http/client'
import type { components } from '@/http/openapi'

export type Score = components['schemas']['ScoreJson']
export type ScoreLine = components['schemas']['ScoreLineJson']
export type ScoreItem = components['schemas']['ScoreItemJson']
export type ScoreEvidence = components['schemas']['ScoreEvidenceJson']
export type ScoreRow = components['schemas']['ScoreRowJson']
export type ScoreList = components['schemas']['ScoreListJson']
export type AreaScores = components['schemas']['AreaScoresJson']
export type AreaScore = components['schemas']['AreaScoreJson']
export type Burden = components['schemas']['BurdenJson']
export type AreaBurden = components['schemas']['AreaBurdenJson']
export type ScoreRules = components['schemas']['ScoreRulesJson']

export type ScoreAppeal = components['schemas']['ScoreAppealJson']
export type AppealItem = components['schemas']['AppealItemJson']
export type AppealOutcome = 'granted' | 'partly-granted' | 'refused'

const appeals = (person: string, month: string): string => `/api/scores/${encodeURIComponent(person)}/${month}/appeals`

/** Scores of a month; without one, of this month. */
export const scoreApi = {
  score: (person: string, query: { month?: string; version?: number }) =>
    client.get<Score>(`/api/scores/${encodeURIComponent(person)}`, { query }),
  list: (query: { area: string; month?: string; version?: number }) => client.get<ScoreList>('/api/scores', { query }),
  areas: (query: { area: string; month?: string }) => client.get<AreaScores>('/api/score-areas', { query }),
  burden: (query: { area: string; month?: string }) => client.get<Burden>('/api/score-burden', { query }),
  sheet: (query: { area: string; month?: string }) => client.get<Blob>('/api/score-sheet.xlsx', { query }),
  appeals: (area: string, open = false) =>
    client.get<Page<AppealItem>>('/api/score-appeals', { query: { area, open: open || undefined } }),
  appeal: (month: string, item: string, text: string) => client.post<Score>(appeals('me', month), { item, text }),
  raise: (month: string, appeal: string, text: string) =>
    client.post<Score>(`${appeals('me', month)}/${appeal}/raise`, { text }),
  decide: (
    person: string,
    month: string,
    appeal: string,
    body: { outcome: AppealOutcome; points?: number; reason: string },
  ) => client.post<Score>(`${appeals(person, month)}/${appeal}/decide`, body),
  rules: (query: { month?: string; version?: number }) => client.get<ScoreRules>('/api/score-rules', { query }),
}
