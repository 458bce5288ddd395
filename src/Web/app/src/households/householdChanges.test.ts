import { describe, expect, it } from 'vitest'
import { bodyOf, lackOf, type ChangeDraft } from './householdChanges'

const draft = (part: Partial<ChangeDraft> = {}): ChangeDraft => ({
  residents: ['a'],
  resident: 'a',
  relation: '',
  area: 'grid',
  to: 'other',
  stays: false,
  on: '2026-11-25',
  reason: '外出务工',
  ...part,
})

describe('a change of who belongs to a household', () => {
  it.each([
    ['move', { area: '' }, 'noTarget'],
    ['move', { reason: ' ' }, 'noReason'],
    ['move-out', { residents: [] }, 'nobody'],
    ['move-out', { stays: true, to: '' }, 'noTarget'],
    ['death', { resident: '' }, 'nobody'],
    ['death', { on: '' }, 'noDay'],
    ['split', { residents: [] }, 'nobody'],
    ['split', { residents: ['b', 'c'] }, 'noHead'],
    ['merge', { to: '' }, 'noTarget'],
    ['head', { resident: '' }, 'nobody'],
  ] as const)('%s with %o lacks %s', (change, part, lack) => {
    expect(lackOf(change, draft())).toBeNull()
    expect(lackOf(change, draft(part as Partial<ChangeDraft>))).toBe(lack)
  })

  it('sends what the service asks for', () => {
    expect(bodyOf('death', draft())).toEqual({ path: 'deaths', body: { resident: 'a', on: '2026-11-25' } })
    expect(bodyOf('move-out', draft())).toEqual({ path: 'move-out', body: { residents: ['a'], reason: '外出务工' } })
    expect(bodyOf('split', draft({ residents: ['b'] }))).toMatchObject({ body: { residents: ['b'], head: 'b' } })
    expect(bodyOf('move-out', draft({ stays: true }))).toMatchObject({ body: { to: 'other' } })
  })
})
