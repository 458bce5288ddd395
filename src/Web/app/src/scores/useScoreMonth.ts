import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { serverNow } from '@/live/hubConnection'
import { dayOf } from '@/time/packTime'

/** The month that a page is about, in its address; without one, this month. */
export function useScoreMonth(): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => (typeof route.query.month === 'string' && route.query.month) || dayOf(serverNow()).slice(0, 7),
    set: (month) => void router.replace({ query: { ...route.query, month } }),
  })
}
