import { describe, expect, it, vi } from 'vitest'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { setTimeZone } = await import('@/time/packTime')
const { bodyOf, emptyBooking, lackingIn, timeOf, whenOf } = await import('./bookingDraft')

describe('a booking', () => {
  const full = { ...emptyBooking('2026-11-27'), households: ['a', 'b'], what: 'service:card-renewal' }

  it('is sent in the pack’s time, wherever the phone thinks it is', () => {
    setTimeZone('Asia/Shanghai')
    expect(bodyOf({ ...full, materials: ' 身份证 ' })).toEqual({
      households: ['a', 'b'],
      service: 'card-renewal',
      from: '2026-11-27T09:30:00+08:00',
      until: '2026-11-27T10:30:00+08:00',
      materials: '身份证',
    })
    setTimeZone('Asia/Kathmandu')
    expect(timeOf('2026-11-27', '09:30')).toBe('2026-11-27T09:30:00+05:45')
    setTimeZone('America/St_Johns')
    expect(timeOf('2026-07-01', '23:30')).toBe('2026-07-01T23:30:00-02:30')
    setTimeZone('Asia/Shanghai')
  })

  it('says what it lacks', () => {
    expect(lackingIn(full)).toEqual([])
    expect(lackingIn(emptyBooking('2026-11-27'))).toEqual(['whom', 'what'])
    expect(lackingIn({ ...full, until: '09:00' })).toEqual(['when'])
  })

  it('shows a time as the pack’s clocks do', () => {
    expect(whenOf({ from: '2026-11-26T17:30:00Z', until: '2026-11-26T18:00:00Z' })).toEqual({
      day: '2026-11-27',
      from: '01:30',
      until: '02:00',
    })
  })
})
