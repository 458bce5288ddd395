import { client } from './client'
import type { components } from './openapi'
import type { Page } from './apiTypes'

type Schemas = components['schemas']

export type ShownPerson = Schemas['ShownPersonJson']
export type ShowPerson = Schemas['ShowPersonRequest']
export type AreaCard = Schemas['AreaCardJson']
export type NewStation = Schemas['StationRequest']
export type CardCodes = Schemas['CardCodesJson']
export type CardCode = Schemas['CardCodeJson']
export type NewCodes = Schemas['MakeCodesRequest']

const base = '/api/grid-cards'

/** What residents see of their grid, and the codes by which they find it. */
export const gridCardApi = {
  people: (query: { area: string; text?: string; missing?: boolean; cursor?: string }) =>
    client.get<Page<ShownPerson>>(`${base}/people`, { query }),
  showPerson: (person: string, shown: ShowPerson) =>
    client.put<void>(`${base}/people/${encodeURIComponent(person)}`, shown),
  area: (code: string) => client.get<AreaCard>(`${base}/areas/${encodeURIComponent(code)}`),
  setStation: (code: string, station: NewStation) =>
    client.put<AreaCard>(`${base}/areas/${encodeURIComponent(code)}/station`, station),
  codes: (area: string) => client.get<CardCodes>(`${base}/codes`, { query: { area } }),
  makeCodes: (asked: NewCodes) => client.post<CardCodes>(`${base}/codes`, asked),
  endCode: (id: string) => client.delete<void>(`${base}/codes/${id}`),
}
