import type { Appointment } from '@/http/apiTypes'

/** The appointments of a day, those still to come first; what is over stands below. */
export function ofDay(appointments: readonly Appointment[], day: string, dayOf: (at: string) => string): Appointment[] {
  const over = (one: Appointment) => (one.state === 'asked' || one.state === 'agreed' ? 0 : 1)
  return appointments
    .filter((one) => dayOf(one.from) === day && one.state !== 'cancelled')
    .sort((a, b) => over(a) - over(b) || Date.parse(a.from) - Date.parse(b.from))
}

/** The appointment that comes next, or whose time has come: the first that isn't over. */
export function nextOf(appointments: readonly Appointment[], now: number): Appointment | null {
  const open = appointments
    .filter((one) => one.state === 'asked' || one.state === 'agreed')
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from))
  return open.find((one) => Date.parse(one.until) >= now) ?? open[0] ?? null
}

/** Services that go on: their visit is over, their papers aren't where they belong. */
export const openServices = (appointments: readonly Appointment[]): Appointment[] =>
  appointments.filter((one) => one.serviceOpen && one.state === 'done')

export type Nearness = 'late' | 'now' | 'soon' | 'later'

/** How near an appointment is: within the hour it is soon, half an hour after its end it is late. */
export function nearness(one: Appointment, now: number): Nearness {
  const [from, until] = [Date.parse(one.from), Date.parse(one.until)]
  if (now > until + 30 * 60_000) return 'late'
  if (now >= from) return 'now'
  return from - now <= 60 * 60_000 ? 'soon' : 'later'
}
