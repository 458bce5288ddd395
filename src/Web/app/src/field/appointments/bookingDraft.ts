import { dayOf, hourMinute } from '@/time/packTime'

/** A booking while it is filled in. */
export interface Booking {
  households: string[]
  /** `service:` or `purpose:` and its id. */
  what: string
  day: string
  from: string
  until: string
  materials: string
  note: string
}

export const emptyBooking = (day: string): Booking => ({
  households: [],
  what: '',
  day,
  from: '09:30',
  until: '10:30',
  materials: '',
  note: '',
})

/** A time of the pack, whose zone the phone may not have: the service adds the offset of the day. */
export const timeOf = (day: string, time: string): string => `${day}T${time}:00${offsetOf(day, time)}`

/** The offset of the pack's zone at a time, found by trying: a time that the zone shows as it was typed. */
function offsetOf(day: string, time: string): string {
  for (let hours = -12; hours <= 14; hours++)
    for (const minutes of [0, 30, 45]) {
      const sign = hours < 0 ? '-' : '+'
      const offset = `${sign}${String(Math.abs(hours)).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
      const at = `${day}T${time}:00${offset}`
      if (dayOf(at) === day && hourMinute(at) === time) return offset
    }
  return '+00:00'
}

export const whenOf = ({
  from,
  until,
}: {
  from: string
  until: string
}): { day: string; from: string; until: string } => ({
  day: dayOf(from),
  from: hourMinute(from),
  until: hourMinute(until),
})

export function lackingIn(booking: Booking): ('whom' | 'what' | 'when')[] {
  return [
    ...(booking.households.length === 0 ? (['whom'] as const) : []),
    ...(booking.what === '' ? (['what'] as const) : []),
    ...(!booking.day || !booking.from || !booking.until || booking.until <= booking.from ? (['when'] as const) : []),
  ]
}

/** What is sent. */
export function bodyOf(booking: Booking): object {
  const [kind, id] = booking.what.split(':')
  return {
    households: booking.households,
    [kind!]: id,
    from: timeOf(booking.day, booking.from),
    until: timeOf(booking.day, booking.until),
    ...(booking.materials.trim() && { materials: booking.materials.trim() }),
    ...(booking.note.trim() && { note: booking.note.trim() }),
  }
}
