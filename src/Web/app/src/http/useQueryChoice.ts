import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** A choice that stands in the address, so that it can be sent and gone back to. Choosing it again takes it back. */
export function useQueryChoice<T extends string>(
  name: string,
  choices: readonly T[],
): { chosen: ComputedRef<T | undefined>; toggle: (one: T) => void } {
  const route = useRoute()
  const router = useRouter()
  const chosen = computed(() => choices.find((one) => one === route.query[name]))
  function toggle(one: T): void {
    const { [name]: before, ...rest } = route.query
    void router.replace({ query: before === one ? rest : { ...rest, [name]: one } })
  }
  return { chosen, toggle }
}
