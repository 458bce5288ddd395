import type { AreaScore } from './scoreApi'

export const rateNames = ['settled', 'onTime', 'returned', 'extended', 'satisfied'] as const
export type RateName = (typeof rateNames)[number]

const whole: Record<RateName, keyof AreaScore & ('reported' | 'closed' | 'rated')> = {
  settled: 'reported',
  onTime: 'closed',
  returned: 'closed',
  extended: 'closed',
  satisfied: 'rated',
}

/** How many of how many; the share is null when there is none. */
export function rateOf(area: AreaScore, name: RateName): { n: number; of: number; share: number | null } {
  const [n, of] = [area[name], area[whole[name]]]
  return { n, of, share: of === 0 ? null : n / of }
}

/** The best first; of returned and extended cases fewer are better. What has no rate comes last, in the order of the pack. */
export function byRate(areas: readonly AreaScore[], name: RateName): AreaScore[] {
  const isLess = name === 'returned' || name === 'extended'
  const value = (area: AreaScore): number => {
    const { share } = rateOf(area, name)
    return share === null ? Number.POSITIVE_INFINITY : isLess ? share : -share
  }
  return areas
    .map((area, at) => ({ area, at, value: value(area) }))
    .sort((a, b) => (a.value === b.value ? a.at - b.at : a.value < b.value ? -1 : 1))
    .map(({ area }) => area)
}
