import { shallowRef } from 'vue'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { serverNow } from '@/live/hubConnection'
import { officeHoursOf, type OfficeHours } from './officeHours'

const held = shallowRef<OfficeHours | null>(null)
/** The service's time from which on they are read again, long before they run out. */
let readAgainAt = -Infinity
/** When they may be asked for again after a failure, on this machine's clock. */
let retryAt = 0
const retryAfter = 60_000
let reading = false

/** The office hours of the days to come, read once per window and again when time has gone on; null until they are known. */
export function officeHours(): OfficeHours | null {
  if (!reading && serverNow() > readAgainAt && Date.now() > retryAt) void read()
  return held.value
}

async function read(): Promise<void> {
  reading = true
  try {
    const hours = officeHoursOf(await api.officeHours())
    readAgainAt = (serverNow() + hours.until) / 2
    held.value = hours
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    retryAt = Date.now() + retryAfter
  } finally {
    reading = false
  }
}
