import { computed, onScopeDispose, watch, type ComputedRef, type Ref } from 'vue'
import type { Counts, HouseholdSummary } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useLoad } from '@/http/useLoad'

const atMostEvery = 15_000

/**
 * The special groups of an area, as far as this screen may know of them. A board's frame goes to everybody who watches it, so they aren't
 * in it: they are read again soon after the ledger's figures change.
 */
export function useGroupCounts(
  area: Ref<string>,
  households: Ref<Counts['households']>,
): ComputedRef<HouseholdSummary['groups']> {
  const isShown = computed(() => Boolean(households.value))
  const { data, reload } = useLoad(
    () => (isShown.value ? area.value : null),
    async (code) => (code === null ? [] : (await api.householdSummary(code)).groups),
  )
  let readAt = Date.now()
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => JSON.stringify(households.value),
    () => {
      timer ??= setTimeout(
        () => {
          timer = undefined
          readAt = Date.now()
          void reload()
        },
        Math.max(1000, readAt + atMostEvery - Date.now()),
      )
    },
  )
  onScopeDispose(() => clearTimeout(timer))
  return computed(() => data.value ?? [])
}
