import type { VisitItem } from '../outbox/dayItems'
import type { Made } from '../outbox/dayItems'

/** A visit while it is filled in. It is personal, so it stays in the window. */
export interface VisitDraft {
  households: string[]
  purpose: string
  note: string
  /** By the item of the pack; what isn't there wasn't touched. */
  settled: Record<string, boolean>
  notes: Record<string, string>
  changed: boolean
  /** The code that was scanned at the door. */
  code: string
  /** The service's materials were collected. */
  collected: boolean
  /** When the form was opened: the visit began then. */
  beganAt: string
}

export const emptyVisit = (now = new Date()): VisitDraft => ({
  households: [],
  purpose: '',
  note: '',
  settled: {},
  notes: {},
  changed: false,
  code: '',
  collected: false,
  beganAt: now.toISOString(),
})

/** A form that was left lying is begun anew: the visit wasn't made then. */
const longest = 4 * 3_600_000
export const isStale = (draft: VisitDraft, now: number): boolean => now - Date.parse(draft.beganAt) > longest

/** What a visit still lacks, by the names of its fields. */
export function lackingIn(draft: VisitDraft, hasPurposes: boolean): ('households' | 'purpose')[] {
  return [
    ...(draft.households.length === 0 ? (['households'] as const) : []),
    ...(hasPurposes && !draft.purpose ? (['purpose'] as const) : []),
  ]
}

/** The item that is sent: it begins when the form was opened, and ends now. */
export function itemOf(draft: VisitDraft, appointment: string | null, now: Date): Made<VisitItem> {
  const settled = Object.entries(draft.settled).map(([item, done]) => {
    const note = draft.notes[item]?.trim()
    return { item, done, ...(note && { note }) }
  })
  // A phone whose clock was set back while the form was open has no visit that ends before it began.
  const at = Date.parse(draft.beganAt) < now.getTime() ? draft.beganAt : now.toISOString()
  return {
    at,
    until: now.toISOString(),
    households: draft.households,
    purpose: draft.purpose,
    ...(draft.note.trim() && { note: draft.note.trim() }),
    ...(settled.length > 0 && { settled }),
    ...(draft.code && { code: draft.code }),
    ...(draft.changed && { changed: true }),
    ...(appointment && { appointment }),
  }
}
