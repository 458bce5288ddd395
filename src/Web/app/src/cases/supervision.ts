import type { Supervision } from '@/http/apiTypes'
import type { Tone } from './statusTone'

export function toneOfNotice(notice: Pick<Supervision, 'answeredAt' | 'dueAt'>, now: number): Tone {
  if (notice.answeredAt) return 'done'
  return notice.dueAt && Date.parse(notice.dueAt) <= now ? 'overdue' : 'soon'
}
