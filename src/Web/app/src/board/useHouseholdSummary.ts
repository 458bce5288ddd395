import { computed, onScopeDispose, type ComputedRef, type Ref } from 'vue'
import type { HouseholdSummary } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useLoad } from '@/http/useLoad'

/** Households change with visits and corrections, a few in an hour: once a minute is soon enough for a wall. */
const every = 60_000

/** What the households of an area add up to. Null where the place keeps no ledger, or this screen may not see it. */
export function useHouseholdSummary(area: Ref<string>): ComputedRef<HouseholdSummary | null> {
  const { data, error, reload } = useLoad(area, (code) => api.householdSummary(code))
  const isRefused = computed(() => error.value?.status === 404 || error.value?.status === 403)
  const timer = setInterval(() => {
    if (!isRefused.value) void reload()
  }, every)
  onScopeDispose(() => clearInterval(timer))
  return computed(() => (isRefused.value ? null : data.value))
}
