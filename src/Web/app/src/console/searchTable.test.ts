import { describe, expect, it } from 'vitest'
import type { CaseSummary } from '@/http/apiTypes'
import { isServed, pressed, readSort, servedOrder, sorted, writeSort } from './searchTable'

const one = (number: string, more: Partial<CaseSummary> = {}) => ({ number, status: 'offered', ...more }) as CaseSummary
const numbers = (cases: CaseSummary[]) => cases.map(({ number }) => number)
const category = (it: CaseSummary) => it.categoryName

describe('the order of the table', () => {
  it('is in the address, newest first without one', () => {
    expect(readSort(undefined)).toEqual({ column: 'reportedAt', descending: true })
    expect(readSort('claimant')).toEqual({ column: 'claimant', descending: false })
    expect(readSort('-area')).toEqual({ column: 'area', descending: true })
    expect(readSort('nonsense')).toEqual({ column: 'reportedAt', descending: true })
    expect(writeSort({ column: 'reportedAt', descending: true })).toBeUndefined()
    expect(writeSort({ column: 'area', descending: true })).toBe('-area')
  })

  it('is that of the service by the report and by what is due next', () => {
    expect(servedOrder(readSort(undefined))).toEqual({})
    expect(servedOrder(readSort('reportedAt'))).toEqual({ order: 'oldest' })
    expect(servedOrder(readSort('dueAt'))).toEqual({ sort: 'due' })
    expect(isServed(readSort('-dueAt'))).toBe(false)
  })

  it('turns round at the second press', () => {
    const first = pressed(readSort(undefined), 'claimant')
    expect(first).toEqual({ column: 'claimant', descending: false })
    expect(pressed(first, 'claimant')).toEqual({ column: 'claimant', descending: true })
    expect(pressed(first, 'dueAt')).toEqual({ column: 'dueAt', descending: false })
    expect(pressed(first, 'closedAt')).toEqual({ column: 'closedAt', descending: true })
  })

  it('puts numbers in their order, states in that of their life, and what is missing last', () => {
    const byNumber = { column: 'number', descending: false } as const
    expect(numbers(sorted([one('LL-10'), one('LL-9')], byNumber, category))).toEqual(['LL-9', 'LL-10'])
    const states = [one('a', { status: 'closed' }), one('b', { status: 'on-site' }), one('c')]
    expect(numbers(sorted(states, { column: 'status', descending: false }, category))).toEqual(['c', 'b', 'a'])
    const claimed = [one('a'), one('b', { claimantName: '周' }), one('c', { claimantName: '陈' })]
    expect(numbers(sorted(claimed, { column: 'claimant', descending: false }, category))).toEqual(['c', 'b', 'a'])
    expect(numbers(sorted(claimed, { column: 'claimant', descending: true }, category))).toEqual(['b', 'c', 'a'])
  })
})
