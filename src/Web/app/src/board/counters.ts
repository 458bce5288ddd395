import type { Board, Counts } from '@/http/apiTypes'
import { searchAddress } from '@/ui/pageAddresses'
import { count, percent } from '@/ui/numbers'
import type { Tone } from '@/cases/statusTone'
import { startOf } from '@/time/packTime'

export interface Counter {
  name: 'unclaimed' | 'claimed' | 'dueSoon' | 'overdue' | 'resolved' | 'reportedToday' | 'closedToday' | 'rate'
  value: string
  unit: string
  tone: Tone
  to: string
}

/** The figures of the top line, each with the address of the list it counts. */
export function countersOf({ area: { code }, counts, day }: Board): Counter[] {
  const tone = (value: number, name: Tone): Tone => (value > 0 ? name : 'neutral')
  return [
    {
      name: 'unclaimed',
      value: count(counts.unclaimed),
      unit: '',
      tone: tone(counts.unclaimed, 'unclaimed'),
      to: searchAddress({ area: code, status: ['offered'] }),
    },
    {
      name: 'claimed',
      value: count(counts.claimed),
      unit: '',
      tone: tone(counts.claimed, 'claimed'),
      to: searchAddress({ area: code, status: ['claimed', 'on-site'] }),
    },
    {
      name: 'dueSoon',
      value: count(counts.dueSoon),
      unit: '',
      tone: tone(counts.dueSoon, 'soon'),
      to: searchAddress({ area: code, status: ['open'], dueSoon: true }),
    },
    {
      name: 'overdue',
      value: count(counts.overdue),
      unit: '',
      tone: tone(counts.overdue, 'overdue'),
      to: searchAddress({ area: code, overdue: true }),
    },
    {
      name: 'resolved',
      value: count(counts.resolved),
      unit: '',
      tone: tone(counts.resolved, 'done'),
      to: searchAddress({ area: code, status: ['resolved', 'explained'] }),
    },
    {
      name: 'reportedToday',
      value: count(counts.reportedToday),
      unit: '',
      tone: 'neutral',
      to: searchAddress({ area: code, from: startOf(day) }),
    },
    {
      name: 'closedToday',
      value: count(counts.closedToday),
      unit: '',
      tone: 'neutral',
      to: searchAddress({ area: code, status: ['closed'], closedFrom: startOf(day) }),
    },
    {
      name: 'rate',
      value: percent(counts.closed, counts.reported),
      unit: counts.reported > 0 ? '%' : '',
      tone: 'neutral',
      to: searchAddress({ area: code }),
    },
  ]
}

export type Measure = 'unclaimed' | 'open' | 'overdue'
export const measures: Measure[] = ['unclaimed', 'open', 'overdue']

/** The order of the ranking: most unclaimed cases first, then most open. */
export function byNeed(a: Counts, b: Counts): number {
  return b.unclaimed - a.unclaimed || b.open - a.open
}
