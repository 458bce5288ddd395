import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ApiError } from '@/http/httpClient'
import { targetPath, taskCalls } from '@/tasks/taskCalls'
import type { MyTask } from '@/tasks/taskTypes'
import { useOutbox } from '../outbox/outboxStore'
import { useLastSeen } from '../storage/useLastSeen'

/** The to-dos of whoever is signed in. The phone keeps what it saw last, for the hours without a signal. */
export const useMyTasks = defineStore('myTasks', () => {
  const outbox = useOutbox()
  const live = shallowRef<MyTask[] | null>(null)
  const { shown: items, seenAt } = useLastSeen<MyTask[]>(ref('tasks'), live)
  const error = shallowRef<ApiError | null>(null)
  const open = computed(() => items.value?.filter((one) => one.target.state === 'open') ?? [])

  async function load(): Promise<void> {
    try {
      live.value = (await taskCalls.mine()).items
      error.value = null
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    }
  }

  const find = (task: string, area: string): MyTask | undefined =>
    items.value?.find((one) => one.id === task && one.target.area === area)

  /** What is done on this phone and waits for a signal, by the addresses that it will be sent to. */
  const queued = computed(
    () =>
      new Set(outbox.waiting.flatMap(({ job }) => (job.kind === 'call' && isOfTask(job.subject) ? [job.path] : []))),
  )
  const isKept = (one: MyTask): boolean =>
    (['done', 'refuse'] as const).some((step) => queued.value.has(targetPath(one.id, one.target.area, step)))
  // What has left the queue has arrived, whenever that was.
  watch(queued, (now, before) => [...before].some((path) => !now.has(path)) && void load())

  return { items, seenAt, error, open, load, find, isKept }
})

const isOfTask = (subject: string | null | undefined): boolean => subject?.startsWith('task/') ?? false
