import { computed, type ComputedRef, type Ref } from 'vue'
import { useOwnHouseholds } from '@/households/ownHouseholds'
import { lapse, visitDue, type Due } from '@/households/visits'
import type { HouseholdItem, HouseholdRules } from '@/http/apiTypes'
import { serverNow } from '@/live/hubConnection'
import type { ListName } from './listView'

export interface Dues {
  visit: Due | null
  lapse: Due | null
}

export interface OwnDues {
  states: ComputedRef<Map<string, Dues>>
  lists: ComputedRef<Record<ListName, HouseholdItem[]>>
}

export const isDue = (due: Due | null | undefined): due is Due =>
  due !== null && due !== undefined && due.state !== 'fine'

/** What is due in one's own households. It is worked out once a minute, not with every letter that is typed. */
export function useOwnDues(rules: Ref<HouseholdRules | null>): OwnDues {
  const own = useOwnHouseholds()
  const minute = computed(() => Math.floor(serverNow() / 60_000))
  const states = computed(() => {
    const at = minute.value * 60_000
    return new Map(
      (own.items ?? []).map((one) => [
        one.id,
        { visit: visitDue(one, rules.value?.groups ?? [], at), lapse: lapse(one.certificateLapses, at) },
      ]),
    )
  })
  const lists = computed(() => {
    const all = own.items ?? []
    return {
      all,
      visits: all.filter(({ id }) => isDue(states.value.get(id)?.visit)),
      lapses: all.filter(({ id }) => isDue(states.value.get(id)?.lapse)),
    }
  })
  return { states, lists }
}
