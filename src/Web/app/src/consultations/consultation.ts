import type { Tone } from '@/cases/statusTone'
import type { Consultation } from '@/http/apiTypes'

export type ConsultationState = Consultation['state']
export const states: ConsultationState[] = ['open', 'overdue', 'decided', 'closed']

const tones: Record<ConsultationState, Tone> = { open: 'soon', overdue: 'overdue', decided: 'done', closed: 'neutral' }
export const toneOfConsultation = (state: ConsultationState): Tone => tones[state] ?? 'neutral'
