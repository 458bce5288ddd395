import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import type { Appointment } from '@/http/apiTypes'
import { useSession } from '@/session/sessionStore'
import { serviceNow } from '@/time/serviceTime'
import { dayOf, hourMinute } from '@/time/packTime'
import type { CheckInItem, Made } from '../outbox/dayItems'
import type { KeptPhoto, OutboxEntry } from '../outbox/outboxEntry'
import { useOutbox } from '../outbox/outboxStore'
import { useLastSeen } from '../storage/useLastSeen'
import type { DayRecord, WorkerDay } from './dayTypes'
import { dayOfWork, dutyOf, linesOf, sumsOf } from './duty'
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
  const session = useSession()
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
  /** What this window has kept: between its arrival and the next reading, the queue has it no more and the day not yet. */
  const made = shallowRef<OutboxEntry[]>([])
  const lines = computed(() => {
    const shown = seen.shown.value
    const records = shown?.day === today.value ? shown.records : []
    return linesOf((at) => dayOf(at) >= today.value, records, [...outbox.entries, ...made.value])
  })
  const duty = computed(() => dutyOf(lines.value))
  const sums = computed(() => sumsOf(lines.value))
  /** What waits for a signal, of this day alone. */
  const waiting = computed(() => lines.value.filter((line) => line.is === 'waiting').length)

  async function load(): Promise<void> {
    minute.value = serviceNow()
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
      error.value = null
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    }
  }

  /** Keeps the day in step while a page shows it. */
  function follow(): () => void {
    void load()
    timer ??= setInterval(() => (minute.value = serviceNow()), 30_000)
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
      const id = await outbox.keep(
        {
          kind: 'check-in',
          item: { at, ...item, ...(position && { position }) },
          label: more.label ?? t(`workday.kinds.${item.kind}`),
          ...(more.casesFrom && { casesFrom: more.casesFrom }),
        },
        more.photos ?? [],
      )
      void arrived(id)
      return id
    } finally {
      doing.value = null
    }
  }

  /** Reads the day again once something of it has arrived, so that its grade and its flags are seen at once. */
  async function arrived(key: string): Promise<void> {
    const entry = outbox.entries.find((one) => one.key === key)
    if (entry) made.value = [...made.value, entry]
    const outcome = await outbox.settled(key)
    // What was refused stands in the queue, with its reason.
    if (outcome.is === 'refused') made.value = made.value.filter((one) => one.key !== key)
    if (outcome.is === 'delivered') await load()
  }

  function forget(): void {
    stored.value = appointments.value = null
    made.value = []
  }

  // Once nobody is signed in any more, nobody may read on.
  watch(
    () => session.me,
    (me) => !me && forget(),
  )

  return {
    ...{ stored, appointments, error, doing, today, lines, duty, sums, waiting, minute },
    ...{ load, follow, record, arrived, forget },
  }
})
