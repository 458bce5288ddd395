import { describe, expect, it } from 'vitest'
import { toneOfNotice } from './supervision'

const now = Date.parse('2026-11-26T09:00:00Z')

describe('toneOfNotice', () => {
  it('tells an answered notice from one that waits and one that is late', () => {
    const late = '2026-11-26T08:00:00Z'
    expect(toneOfNotice({ answeredAt: late, dueAt: late }, now)).toBe('done')
    expect(toneOfNotice({ answeredAt: null, dueAt: late }, now)).toBe('overdue')
    expect(toneOfNotice({ answeredAt: null, dueAt: '2026-11-26T10:00:00Z' }, now)).toBe('soon')
    expect(toneOfNotice({ answeredAt: null, dueAt: null }, now)).toBe('soon')
  })
})
