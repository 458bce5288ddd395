import { describe, expect, it } from 'vitest'
import type { ProposedMove } from '@/http/changeTypes'
import { movesOf, targetOf } from './proposal'

const one = (id: string, to: string | null): ProposedMove => ({
  household: { id, area: 'A' } as ProposedMove['household'],
  to,
  toName: to,
  reason: to ? 'address' : null,
})

describe('proposal', () => {
  it('takes what was chosen, then what is proposed, then where the others go', () => {
    expect(targetOf(one('1', 'B'), { 1: 'C' }, 'D')).toBe('C')
    expect(targetOf(one('1', 'B'), {}, 'D')).toBe('B')
    expect(targetOf(one('1', null), {}, 'D')).toBe('D')
    expect(targetOf(one('1', 'B'), { 1: '' }, 'D')).toBe('')
  })

  it('puts households together by where they go, and leaves those that stay', () => {
    const proposed = [one('1', 'B'), one('2', null), one('3', 'B'), one('4', 'B'), one('5', 'A')]
    expect(movesOf(proposed, { 4: '' }, 'C')).toEqual([
      { to: 'B', households: ['1', '3'] },
      { to: 'C', households: ['2'] },
    ])
  })
})
