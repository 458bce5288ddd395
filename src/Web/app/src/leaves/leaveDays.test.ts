import { expect, it, vi } from 'vitest'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { lastDay, leaveOf } = await import('./leaveDays')

it('sends whole days in the time zone of the pack', () => {
  expect(leaveOf('2026-11-30', '2026-12-01', '2026-11-26')).toEqual({
    from: '2026-11-30T00:00:00+08:00',
    to: '2026-12-02T00:00:00+08:00',
  })
})

it('begins now when the first day is today', () => {
  expect(leaveOf('2026-11-26', '2026-11-26', '2026-11-26')).toEqual({ to: '2026-11-27T00:00:00+08:00' })
})

it('names the last day on which somebody is away', () => {
  expect(lastDay('2026-11-27T00:00:00+08:00')).toBe('2026-11-26')
  expect(lastDay('2026-11-26T15:00:00+08:00')).toBe('2026-11-26')
})
