import type { Status, Step } from '@/http/apiTypes'

/** The tones of the display. Each has its own colour and its own mark, because many people can't tell colours apart. */
export type Tone = 'neutral' | 'unclaimed' | 'claimed' | 'soon' | 'overdue' | 'done'

const tones: Record<Status, Tone> = {
  offered: 'unclaimed',
  claimed: 'claimed',
  'on-site': 'claimed',
  resolved: 'done',
  explained: 'done',
  closed: 'done',
  merged: 'neutral',
}

export const toneOf = (status: Status): Tone => tones[status] ?? 'neutral'

const stepTones: Partial<Record<Step, Tone>> = {
  reported: 'unclaimed',
  released: 'unclaimed',
  transferred: 'unclaimed',
  reopened: 'unclaimed',
  reoffered: 'unclaimed',
  lapsed: 'unclaimed',
  escalated: 'unclaimed',
  'sent-back': 'unclaimed',
  returned: 'claimed',
  merged: 'done',
  supervised: 'soon',
  forwarded: 'soon',
  'forward-answered': 'done',
  'supervision-answered': 'done',
  'consultation-called': 'soon',
  'opinion-given': 'claimed',
  'consultation-decided': 'done',
  'task-finished': 'done',
  tabled: 'soon',
  'meeting-decided': 'done',
  'clock-warned': 'soon',
  'pause-asked': 'soon',
  'extension-asked': 'soon',
  'clock-breached': 'overdue',
  claimed: 'claimed',
  'handed-over': 'claimed',
  'on-site': 'claimed',
  progressed: 'claimed',
  resolved: 'done',
  explained: 'done',
  closed: 'done',
}

export const toneOfStep = (step: Step): Tone => stepTones[step] ?? 'neutral'
