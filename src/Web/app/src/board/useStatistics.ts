import { onScopeDispose, watch, type Ref } from 'vue'
import type { Counts, Statistics } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useLoad, type Load } from '@/http/useLoad'

const atLeastEvery = 60_000
const atMostEvery = 8_000

/** The statistics aren't pushed. They are read again soon after the board's figures change, and once a minute in any case. */
export function useStatistics(area: Ref<string>, counts: Ref<Counts | undefined>): Load<Statistics> {
  const load = useLoad(area, (code) => api.statistics(code))
  let readAt = Date.now()
  let dueAt = Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Keeps an earlier time that is planned already. Otherwise a busy area would postpone its reading for ever. */
  function plan(wait: number): void {
    if (Date.now() + wait >= dueAt) return
    dueAt = Date.now() + wait
    clearTimeout(timer)
    timer = setTimeout(async () => {
      readAt = Date.now()
      dueAt = Infinity
      await load.reload()
      plan(atLeastEvery)
    }, wait)
  }

  watch(counts, (_, before) => before && plan(Math.max(1000, readAt + atMostEvery - Date.now())))
  plan(atLeastEvery)
  onScopeDispose(() => clearTimeout(timer))
  return load
}
