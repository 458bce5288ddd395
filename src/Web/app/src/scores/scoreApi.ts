import { client } from '@/http/client'
import type { components } from '@/http/openapi'

export type Score = components['schemas']['ScoreJson']
export type ScoreLine = components['schemas']['ScoreLineJson']
export type ScoreItem = components['schemas']['ScoreItemJson']
export type ScoreEvidence = components['schemas']['ScoreEvidenceJson']
export type ScoreRow = components['schemas']['ScoreRowJson']
export type ScoreList = components['schemas']['ScoreListJson']
export type ScoreRules = components['schemas']['ScoreRulesJson']

/** Scores of a month; without one, of this month. */
export const scoreApi = {
  score: (person: string, query: { month?: string; version?: number }) =>
    client.get<Score>(`/api/scores/${encodeURIComponent(person)}`, { query }),
  list: (query: { area: string; month?: string }) => client.get<ScoreList>('/api/scores', { query }),
  rules: (query: { month?: string; version?: number }) => client.get<ScoreRules>('/api/scores/rules', { query }),
}
