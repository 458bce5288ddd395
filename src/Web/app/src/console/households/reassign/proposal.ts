import type { ProposedMove } from '@/http/changeTypes'

/** Where each household goes: what the official chose, else what is proposed. An empty text leaves it where it is. */
export type Choices = Record<string, string>

export const targetOf = (one: ProposedMove, choices: Choices, others: string): string =>
  choices[one.household.id] ?? one.to ?? others

/** The households that go, by the area they go to. */
export function movesOf(
  proposed: ProposedMove[],
  choices: Choices,
  others: string,
): { to: string; households: string[] }[] {
  const moves = new Map<string, string[]>()
  for (const one of proposed) {
    const to = targetOf(one, choices, others)
    if (to && to !== one.household.area) moves.set(to, [...(moves.get(to) ?? []), one.household.id])
  }
  return [...moves].map(([to, households]) => ({ to, households }))
}
