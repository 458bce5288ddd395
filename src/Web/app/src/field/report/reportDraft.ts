import { emptyMediation, type MediationDraft } from '@/cases/mediation'
import type { Position } from '@/http/apiTypes'
import type { KeptPhoto } from '../outbox/outboxEntry'

export interface Place {
  code: string
  name: string
}

/** A report while it is filled in. */
export interface Draft {
  category: string
  text: string
  photos: KeptPhoto[]
  isSolved: boolean
  solved: string
  mediation: MediationDraft
  /** Chosen by hand; without it the position decides. */
  area: Place | null
  position: (Position & { accuracy: number }) | null
  /** The household that it is about. A report from another area is about nobody's. */
  household: { id: string; area: string } | null
}

export const emptyDraft = (): Draft => ({
  category: '',
  text: '',
  photos: [],
  isSolved: false,
  solved: '',
  mediation: emptyMediation(),
  area: null,
  position: null,
  household: null,
})

export const hasContent = (draft: Draft): boolean =>
  draft.category !== '' || draft.text.trim() !== '' || draft.photos.length > 0 || draft.solved.trim() !== ''

export const reportDraftKey = (owner: string): string => `${owner}:report`
