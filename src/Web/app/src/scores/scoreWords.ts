import type { Translate } from '@/time/packTime'
import type { ScoreEvidence, ScoreItem, ScoreLine, ScoreRow } from './scoreApi'

/** A number without zeros at its end: 4, 4.5, 79.44. */
export const points = (value: number): string => String(Math.round(value * 100) / 100)

/** A rate in percent, such as 95 % or 66.7 %. */
export const rate = (value: number): string => `${Math.round(value * 1000) / 10}%`

/** How an item earns its points, as a sentence. */
export function ruleWords(item: ScoreItem, t: Translate): string {
  if (item.deducts) return t('score.rule.deducts', { each: points(item.each!), points: points(item.points) })
  if (item.each !== null) {
    const words = t('score.rule.each', { each: points(item.each), points: points(item.points) })
    return item.perDay === null ? words : `${words}${t('score.rule.perDay', { n: item.perDay })}`
  }
  const words =
    item.floor === 0
      ? t('score.rule.rate', { target: rate(item.target!) })
      : t('score.rule.between', { target: rate(item.target!), floor: rate(item.floor!) })
  return item.perDutyDay === null ? words : `${t('score.rule.perDutyDay', { n: points(item.perDutyDay) })}${words}`
}

/** What a line came to, as a sentence: "18 of 20 days (90 %)". */
export function reasonWords({ item, measured, outOf, applies }: ScoreLine, t: Translate): string {
  if (!applies) return t('score.notApplied', {})
  const n = points(measured)
  if (outOf === null) return t(`score.counted.${item.measure}`, { n })
  return t(`score.measured.${item.measure}`, { n, of: points(outOf), rate: rate(Math.min(1, measured / outOf)) })
}

/** How much of the points there are, 0 to 1. */
export const shareOf = ({ points: earned, of }: { points: number; of: number }): number =>
  of > 0 ? Math.max(0, Math.min(1, earned / of)) : 0

/** What can still be done something about comes first, then what is doubted, then the rest as it came. */
export function byUse(evidence: readonly ScoreEvidence[]): ScoreEvidence[] {
  const rank = (one: ScoreEvidence): number => (!one.counts ? 0 : one.note === 'doubted' ? 1 : 2)
  return [...evidence].sort((a, b) => rank(a) - rank(b))
}

/** Lines under the headings of the rules, in their order. */
export function grouped(lines: readonly ScoreLine[], name: (item: ScoreItem) => string): [string, ScoreLine[]][] {
  const groups = new Map<string, ScoreLine[]>()
  for (const line of lines) groups.set(name(line.item), [...(groups.get(name(line.item)) ?? []), line])
  return [...groups]
}

/** The month before or after one: 2026-12 after 2026-11. */
export function monthShifted(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number)
  const at = year! * 12 + (number! - 1) + by
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** How many people have marks from 0 to 10, from 10 to 20 … up to the full marks. */
export function spread(people: readonly Pick<ScoreRow, 'mark'>[], full: number): number[] {
  const bars = Array.from({ length: 10 }, () => 0)
  for (const { mark } of people) if (mark !== null) bars[Math.max(0, Math.min(9, Math.floor((mark / full) * 10)))]! += 1
  return bars
}

/** The mark in the middle; null when nobody has one. */
export function middle(people: readonly Pick<ScoreRow, 'mark'>[]): number | null {
  const marks = people.flatMap(({ mark }) => (mark === null ? [] : [mark])).sort((a, b) => a - b)
  return marks.length === 0 ? null : marks[Math.floor((marks.length - 1) / 2)]!
}

/** What is still open: of an item that applies, how many don't count though something can be done about them. */
export const openOf = ({ evidence }: ScoreLine): number =>
  evidence.filter(
    ({ counts, note }) => !counts && (note === 'overdue' || note === 'never-visited' || note === 'waiting'),
  ).length

/** By how much the mark of each changes from one list to another; who has none in one of them isn't there. */
export function changes(
  before: readonly Pick<ScoreRow, 'person' | 'mark'>[],
  after: readonly Pick<ScoreRow, 'person' | 'mark'>[],
): Map<string, number> {
  const old = new Map(before.map(({ person, mark }) => [person, mark]))
  return new Map(
    after.flatMap(({ person, mark }) => {
      const was = old.get(person) ?? null
      return mark === null || was === null ? [] : [[person, Math.round((mark - was) * 100) / 100]]
    }),
  )
}
