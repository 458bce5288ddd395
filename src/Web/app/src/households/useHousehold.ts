import { computed, type ComputedRef, type Ref } from 'vue'
import { api } from '@/http/api'
import { useLoad, type Load } from '@/http/useLoad'
import type { Household } from '@/http/apiTypes'

export interface OpenHousehold {
  view: Load<Household>
  one: ComputedRef<Household | null>
  /** Shows the answer to a change of one's own. */
  show: (next: Household) => void
}

/** A household that is open. A slow answer doesn't replace a newer one. */
export function useHousehold(id: Ref<string>): OpenHousehold {
  const view: Load<Household> = useLoad(id, async (household) => newest(await api.household(household)))
  function newest(next: Household): Household {
    const held = view.data.value
    return held && held.id === next.id && held.version > next.version ? held : next
  }
  return {
    view,
    one: computed(() => view.data.value),
    show: (next) => (view.data.value = newest(next)),
  }
}
