import { describe, expect, it } from 'vitest'
import type { Household } from '@/http/apiTypes'
import { merge, resolved } from './householdConflict'
import type { HouseholdJob } from './outboxEntry'

const now = (fields: Record<string, string>, version = 7) =>
  ({
    version,
    fields: Object.fromEntries(Object.entries(fields).map(([id, value]) => [id, { value, masked: false }])),
    residents: [],
  }) as unknown as Household
const job: HouseholdJob = {
  kind: 'household',
  household: 'h',
  label: '1 栋 301',
  method: 'PATCH',
  path: '/api/households/h',
  body: { fields: { phone: '2' } },
  ifMatch: 5,
  fields: { phone: '2' },
  before: { phone: '1' },
}

describe('a change of a household that somebody else changed meanwhile', () => {
  it('goes on when they changed something else', () => {
    expect(merge(job, now({ phone: '1', address: 'new' }))).toMatchObject({ job: { ifMatch: 7, body: job.body } })
  })

  it('goes on when they entered the same', () => {
    expect(merge(job, now({ phone: '2' }))).toMatchObject({ job: { ifMatch: 7 } })
  })

  it('is left to a person when both changed one field', () => {
    expect(merge(job, now({ phone: '3' }))).toEqual({ meanwhile: { phone: '3' } })
    expect(merge(job, now({}))).toEqual({ meanwhile: { phone: null } })
  })

  it('is sent as the person decides, and goes on then', () => {
    const mine = resolved(job, { phone: '3' }, { phone: 'mine' })!
    expect(mine).toMatchObject({ body: { fields: { phone: '2' } }, before: { phone: '3' } })
    expect(merge(mine, now({ phone: '3' }, 9))).toMatchObject({ job: { ifMatch: 9 } })
    expect(resolved(job, { phone: '3' }, { phone: 'theirs' })).toBeNull()
  })
})
