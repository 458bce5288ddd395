import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** The area that a page is about, in its address, so that it can be sent and gone back to. Without one it is where the person's posts begin. */
export function useQueryArea(root: () => string): WritableComputedRef<string> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => (typeof route.query.area === 'string' && route.query.area) || root(),
    set: (area) => void router.replace({ query: { ...route.query, area } }),
  })
}
