import type { HouseholdChange } from '@/http/apiTypes'

/** The changes of who belongs to a household. */
export type ChangeName = 'move' | 'move-out' | 'death' | 'split' | 'merge' | 'head'

export interface ChangeDraft {
  residents: string[]
  resident: string
  /** What the former head is to the new one. */
  relation: string
  area: string
  to: string
  /** Whether those who move out go to another household here. */
  stays: boolean
  on: string
  reason: string
}

type Asked = 'residents' | 'resident' | 'area' | 'to' | 'on' | 'reason'
const asked: Record<ChangeName, Asked[]> = {
  move: ['area', 'reason'],
  'move-out': ['residents', 'reason'],
  death: ['resident', 'on'],
  split: ['residents', 'reason'],
  merge: ['to', 'reason'],
  head: ['resident'],
}
export const asks = (change: ChangeName, what: Asked): boolean => asked[change].includes(what)

/** Who is the head of the new household: whoever goes alone, or the one of them who was chosen. */
function headOfSplit({ residents, resident }: ChangeDraft): string | undefined {
  return residents.length === 1 ? residents[0] : residents.find((one) => one === resident)
}

/** The words for what is still missing, null when the form can be sent. */
export function lackOf(
  change: ChangeName,
  draft: ChangeDraft,
): 'nobody' | 'noHead' | 'noTarget' | 'noReason' | 'noDay' | null {
  if (asks(change, 'residents') && draft.residents.length === 0) return 'nobody'
  if (asks(change, 'resident') && !draft.resident) return 'nobody'
  if (change === 'split' && !headOfSplit(draft)) return 'noHead'
  const goesToHousehold = asks(change, 'to') || (change === 'move-out' && draft.stays)
  if ((asks(change, 'area') && !draft.area) || (goesToHousehold && !draft.to)) return 'noTarget'
  if (asks(change, 'on') && !draft.on) return 'noDay'
  return asks(change, 'reason') && !draft.reason.trim() ? 'noReason' : null
}

/** The last segment of the address, and what is sent to it. */
export function bodyOf(change: ChangeName, draft: ChangeDraft): { path: HouseholdChange; body: object } {
  const reason = draft.reason.trim()
  switch (change) {
    case 'move':
      return { path: 'move', body: { area: draft.area, reason } }
    case 'move-out':
      return { path: 'move-out', body: { residents: draft.residents, ...(draft.stays && { to: draft.to }), reason } }
    case 'death':
      return { path: 'deaths', body: { resident: draft.resident, on: draft.on } }
    case 'split':
      return { path: 'split', body: { residents: draft.residents, head: headOfSplit(draft), reason } }
    case 'merge':
      return { path: 'merge', body: { other: draft.to, reason } }
    case 'head':
      return {
        path: 'head',
        body: { resident: draft.resident, ...(draft.relation && { formerRelation: draft.relation }) },
      }
  }
}
