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

/** What the ranking shows of each area, and can be by. */
export type Rank = 'unclaimed' | 'dueSoon' | 'overdue' | 'open'
export const ranks: Rank[] = ['unclaimed', 'dueSoon', 'overdue', 'open']

/** The order of the ranking: the most of what was chosen first, then what needs somebody most. */
export function byNeed(rank: Rank): (a: Counts, b: Counts) => number {
  const order = [...new Set<Rank>([rank, 'overdue', 'unclaimed', 'dueSoon', 'open'])]
  return (a, b) => order.map((one) => b[one] - a[one]).find((difference) => difference !== 0) ?? 0
}
