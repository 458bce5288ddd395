import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import type { Appointment } from '@/http/apiTypes'
import { serviceNow } from '@/time/serviceTime'
import { dayOf, hourMinute } from '@/time/packTime'
import { signedOut } from '../fieldSession'
import type { CheckInItem, Made } from '../outbox/dayItems'
import type { KeptPhoto, OutboxEntry } from '../outbox/outboxEntry'
import { useOutbox } from '../outbox/outboxStore'
import { useLastSeen } from '../storage/useLastSeen'
import type { DayRecord, WorkerDay } from './dayTypes'
import { dayOfWork, dutyOf, isOfAppointment, isOfDay, linesOf, sumsOf } from './duty'
import { onePosition } from './onePosition'

const withoutNames = (record: DayRecord): DayRecord => ({
  ...record,
  note: null,
  visit: record.visit
    ? { ...record.visit, settled: [], households: record.visit.households.map(({ id }) => ({ id })) }
    : null,
})

/**
 * Today, as the service has it and as the phone goes on with it. Appointments name households, so all of it is held in memory alone; what
 * was done without a signal is in the queue, from which the state is worked out again after a reload.
 */
export const useDay = defineStore('worker-day', () => {
  const { t } = useI18n()
  const outbox = useOutbox()
  const stored = shallowRef<WorkerDay | null>(null)
  const appointments = shallowRef<Appointment[] | null>(null)
  const error = shallowRef<ApiError | null>(null)
  /** What is being written just now: its position is awaited. */
  const doing = ref<string | null>(null)
  const minute = ref(serviceNow())
  let timer: ReturnType<typeof setInterval> | undefined

  const today = computed(() =>
    dayOfWork(stored.value, dayOf(minute.value), Number(hourMinute(minute.value).slice(0, 2))),
  )
  /** For a start without a signal; whom somebody visited isn't stored. */
  const seen = useLastSeen<WorkerDay>(
    computed(() => `day.${today.value}`),
    stored,
    (day) => ({ ...day, diary: null, handOver: null, records: day.records.map(withoutNames) }),
  )
  /** What has left the queue, until the day is read again: the queue has it no more and the day not yet. */
  const arrived = shallowRef<OutboxEntry[]>([])
  const lines = computed(() => {
    const shown = seen.shown.value
    const records = shown?.day === today.value ? shown.records : []
    return linesOf((at) => dayOf(at) >= today.value, records, outbox.entries, arrived.value)
  })
  const duty = computed(() => dutyOf(lines.value))
  const sums = computed(() => sumsOf(lines.value))
  /** What waits for a signal, of this day alone. */
  const waiting = computed(() => lines.value.filter((line) => line.is === 'waiting').length)

  async function load(): Promise<void> {
    minute.value = serviceNow()
    const known = arrived.value
    try {
      const [day, booked] = await Promise.all([
        api.workerDay(),
        api.appointments({}).catch((caught: unknown) => {
          // A pack without a ledger has no appointments; a day all the same.
          if (caught instanceof ApiError && caught.status === 404) return null
          throw caught
        }),
      ])
      stored.value = day
      appointments.value = booked?.items ?? []
      arrived.value = arrived.value.filter((entry) => !known.includes(entry))
      error.value = null
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    }
  }

  /** Keeps the day in step while a page shows it. */
  function follow(): () => void {
    void load()
    timer ??= setInterval(() => {
      minute.value = serviceNow()
      if (error.value) void load()
    }, 30_000)
    const seen = () => document.visibilityState === 'visible' && void load()
    document.addEventListener('visibilitychange', seen)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      clearInterval(timer)
      timer = undefined
    }
  }

  /** One tap: the phone says where it is, if it can, and the step is kept. Undefined while another one is being written. */
  async function record(
    item: Omit<Made<CheckInItem>, 'position'>,
    more: { photos?: KeptPhoto[]; casesFrom?: string[]; label?: string } = {},
  ): Promise<string | undefined> {
    if (doing.value) return undefined
    doing.value = item.kind
    try {
      const at = new Date().toISOString()
      const position = await onePosition()
      return await outbox.keep(
        {
          kind: 'check-in',
          item: { at, ...item, ...(position && { position }) },
          label: more.label ?? t(`workday.kinds.${item.kind}`),
          ...(more.casesFrom && { casesFrom: more.casesFrom }),
        },
        more.photos ?? [],
      )
    } finally {
      doing.value = null
    }
  }

  // Reads the day again once something of it or of an appointment has arrived, whenever that is, so that its grade, its flags and its state
  // are seen at once. Each change of the queue counts: what is kept and delivered in between must not be missed.
  watch(
    () => outbox.entries,
    (now, before) => {
      // Whose key is gone can't be read, and hasn't arrived.
      if (signedOut.value) return
      const left = before.filter((entry) => !entry.refusal && !now.some(({ key }) => key === entry.key))
      const ofDay = left.filter(isOfDay)
      if (ofDay.length > 0) arrived.value = [...arrived.value, ...ofDay]
      if (ofDay.length > 0 || left.some(isOfAppointment)) void load()
    },
    { flush: 'sync' },
  )

  function forget(): void {
    stored.value = appointments.value = null
    arrived.value = []
  }

  // Once nobody is signed in any more, nobody may read on.
  watch(signedOut, (is) => is && forget())

  return {
    ...{ stored, appointments, error, doing, today, lines, duty, sums, waiting, minute },
    ...{ load, follow, record, forget },
  }
})
