import type { Forward } from '@/http/apiTypes'
import type { Tone } from './statusTone'

/** The tone of a handover to another system. */
export function toneOfForward(forward: Pick<Forward, 'state' | 'dueAt'>, now: number): Tone {
  if (forward.state === 'solved') return 'done'
  if (forward.state !== 'waiting') return 'neutral'
  return forward.dueAt && Date.parse(forward.dueAt) <= now ? 'overdue' : 'soon'
}
