import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { ApiError } from '@/http/httpClient'
import { taskCalls } from './taskCalls'
import type { MyTask } from './taskTypes'

const keyOf = (one: MyTask): string => `${one.id} ${one.target.area} ${one.target.person ?? ''}`

/** The to-dos of whoever is signed in. They are held in the memory of this window, and stay while the signal is gone. */
export const useMyTasks = defineStore('myTasks', () => {
  const items = shallowRef<MyTask[] | null>(null)
  const error = shallowRef<ApiError | null>(null)
  /** To-dos whose completion is kept on this phone and not sent yet. */
  const kept = shallowRef<ReadonlySet<string>>(new Set())
  const open = computed(() => items.value?.filter((one) => one.target.state === 'open') ?? [])

  async function load(): Promise<void> {
    try {
      items.value = (await taskCalls.mine()).items
      error.value = null
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      error.value = caught
    }
  }

  const find = (task: string, area: string): MyTask | undefined =>
    items.value?.find((one) => one.id === task && one.target.area === area)

  function keep(one: MyTask): void {
    kept.value = new Set([...kept.value, keyOf(one)])
  }
  const isKept = (one: MyTask): boolean => kept.value.has(keyOf(one))

  /** Once nobody is signed in any more, nobody may read on. */
  function forget(): void {
    items.value = null
    kept.value = new Set()
  }

  return { items, error, open, load, find, keep, isKept, forget }
})
