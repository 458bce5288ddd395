import { describe, expect, it } from 'vitest'
import type { HouseholdImport } from '@/http/apiTypes'
import { canApply, canUndo, hasRows, isUnderWay, staysOut } from './importStates'

const one = (changed: Partial<HouseholdImport>): HouseholdImport => ({
  id: 'a',
  state: 'checked',
  area: 'C',
  areaName: '清河县',
  askedAt: '2026-11-26T08:00:00Z',
  done: 0,
  total: null,
  refusal: null,
  refusalText: null,
  counts: { new: 2, changed: 1, unchanged: 0, doubtful: 3, wrong: 4 },
  appliedAt: null,
  undoUntil: null,
  expiresAt: '2026-12-03T08:00:00Z',
  ...changed,
})

const states = <T extends HouseholdImport['state']>(...given: T[]): HouseholdImport[] =>
  given.map((state) => one({ state }))

describe('an import', () => {
  it('is applied once it has been checked and would do something', () => {
    expect(canApply(one({}))).toBe(true)
    expect(canApply(one({ state: 'applied' }))).toBe(false)
    expect(canApply(one({ counts: { new: 0, changed: 0, unchanged: 9, doubtful: 0, wrong: 0 } }))).toBe(false)
  })

  it('is undone until its time is over', () => {
    const applied = one({ state: 'applied', undoUntil: '2026-11-27T08:00:00Z' })
    expect(canUndo(applied, Date.parse('2026-11-27T07:59:59Z'))).toBe(true)
    expect(canUndo(applied, Date.parse('2026-11-27T08:00:00Z'))).toBe(false)
    expect(canUndo(one({}), 0)).toBe(false)
  })

  it('is read again while the service works on it, and has rows when it was checked', () => {
    expect(states('waiting', 'checking', 'applying', 'undoing').every(isUnderWay)).toBe(true)
    expect(states('checked', 'applied', 'undone', 'refused', 'failed').some(isUnderWay)).toBe(false)
    expect(hasRows(one({ state: 'refused' }))).toBe(false)
    expect(staysOut(one({}))).toBe(7)
  })
})
