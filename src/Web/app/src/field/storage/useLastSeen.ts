import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { useSession } from '@/session/sessionStore'
import { ownerOf, signedOut } from '../fieldSession'
import { CalmWriter } from './calmWriter'
import { lastSeen, removeSeen, storeSeen } from './lastSeen'

export interface LastSeen<T> {
  /** The live value, or what was last seen while there is none. Nothing once the session has ended: somebody else may hold the phone. */
  shown: ComputedRef<T | null>
  /** When the server said what is shown, while it comes from the phone. Null while it is live. */
  seenAt: ComputedRef<number | null>
}

const calm = 500

/**
 * Keeps on the phone what the server says, and gives it back while the server can't be reached.
 * @param storable What of a value may stay on the phone: null when nothing may, undefined while that isn't known. A phone can be lost, so
 * confidential cases stay away. It is asked again when what it read changes.
 */
export function useLastSeen<T>(
  name: Ref<string>,
  live: Ref<T | null>,
  storable: (value: T) => T | null | undefined = (value) => value,
): LastSeen<T> {
  const owner = ownerOf(useSession().me!)
  const stored = shallowRef<{ at: number; value: T } | null>(null)
  const readFor = ref('')
  const writer = new CalmWriter(calm)

  watch(
    name,
    async (wanted) => {
      writer.flush()
      stored.value = null
      const found = await lastSeen<T>(owner, wanted)
      if (wanted !== name.value) return
      stored.value = found
      readFor.value = wanted
    },
    { immediate: true },
  )
  watch(
    () => (live.value === null ? undefined : storable(live.value)),
    (kept) => {
      if (kept === undefined) return
      const key = name.value
      writer.offer(() => void (kept === null ? removeSeen(owner, key) : storeSeen(owner, key, kept)))
    },
  )
  onScopeDispose(() => writer.stop())

  const kept = computed(() => (readFor.value === name.value ? stored.value : null))
  return {
    shown: computed(() => (signedOut.value ? null : (live.value ?? kept.value?.value ?? null))),
    seenAt: computed(() => (live.value === null ? (kept.value?.at ?? null) : null)),
  }
}
