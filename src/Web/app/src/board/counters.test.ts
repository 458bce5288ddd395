import { describe, expect, it, vi } from 'vitest'
import type { Counts } from '@/http/apiTypes'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { byNeed } = await import('./counters')

const area = (unclaimed: number, dueSoon: number, overdue: number, open: number) =>
  ({ unclaimed, dueSoon, overdue, open }) as Counts

describe('the ranking', () => {
  const calm = area(0, 0, 0, 9)
  const late = area(1, 0, 4, 5)
  const soon = area(1, 3, 0, 6)

  it('is by what was chosen', () => {
    expect([calm, soon, late].sort(byNeed('overdue'))).toEqual([late, soon, calm])
    expect([calm, late, soon].sort(byNeed('dueSoon'))).toEqual([soon, late, calm])
    expect([late, soon, calm].sort(byNeed('open'))).toEqual([calm, soon, late])
  })

  it('puts what is overdue first where the chosen figure is the same', () =>
    expect([soon, calm, late].sort(byNeed('unclaimed'))).toEqual([late, soon, calm]))
})
