import type { Page, Reveal, Revealed, RevealQuery, RevealRequest } from './apiTypes'
import { client } from './client'

const id = encodeURIComponent

/** Masked values in clear, and who had which revealed. */
export const revealApi = {
  household: (household: string, request: RevealRequest) =>
    client.post<Revealed>(`/api/households/${id(household)}/reveal`, request),
  place: (place: string, { purpose, fields }: RevealRequest) =>
    client.post<Revealed>(`/api/places/${id(place)}/reveal`, { purpose, fields }),
  list: (query: RevealQuery, cursor?: string) =>
    client.get<Page<Reveal>>('/api/reveals', { query: { ...query, limit: 100, cursor } }),
  ofHousehold: (household: string, cursor?: string) =>
    client.get<Page<Reveal>>(`/api/households/${id(household)}/reveals`, { query: { limit: 100, cursor } }),
  ofPlace: (place: string, cursor?: string) =>
    client.get<Page<Reveal>>(`/api/places/${id(place)}/reveals`, { query: { limit: 100, cursor } }),
}
