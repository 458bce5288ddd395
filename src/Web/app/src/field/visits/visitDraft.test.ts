import { describe, expect, it } from 'vitest'
import { emptyVisit, isStale, itemOf, lackingIn } from './visitDraft'

const began = new Date('2026-11-26T09:00:00+08:00')
const now = new Date('2026-11-26T09:25:00+08:00')
const draft = { ...emptyVisit(began), households: ['h1', 'h2'], purpose: 'routine' }

describe('a visit', () => {
  it('is sent with what was entered, and nothing else', () => {
    expect(itemOf(draft, null, now)).toEqual({
      at: began.toISOString(),
      until: now.toISOString(),
      households: ['h1', 'h2'],
      purpose: 'routine',
    })
    const full = {
      ...draft,
      note: ' 一切安好 ',
      settled: { hazards: true, needs: false },
      notes: { needs: '需要助行器 ' },
      code: 'door',
      changed: true,
    }
    expect(itemOf(full, 'a1', now)).toMatchObject({
      note: '一切安好',
      settled: [
        { item: 'hazards', done: true },
        { item: 'needs', done: false, note: '需要助行器' },
      ],
      code: 'door',
      changed: true,
      appointment: 'a1',
    })
  })

  it('never ends before it began when the clock was set back', () => {
    const before = new Date(began.getTime() - 60_000)
    expect(itemOf(draft, null, before)).toMatchObject({ at: before.toISOString(), until: before.toISOString() })
  })

  it('says what it lacks', () => {
    expect(lackingIn(emptyVisit(), true)).toEqual(['households', 'purpose'])
    expect(lackingIn(draft, true)).toEqual([])
    expect(lackingIn({ ...draft, purpose: '' }, false)).toEqual([])
  })

  it('is begun anew when it was left lying for hours', () => {
    expect(isStale(draft, now.getTime())).toBe(false)
    expect(isStale(draft, began.getTime() + 5 * 3_600_000)).toBe(true)
  })
})
