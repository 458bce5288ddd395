import { computed, ref } from 'vue'

/** How full this phone is, as far as the browser tells. */
const room = ref<{ used: number; all: number } | null>(null)
/** Whether the browser has promised to clear nothing by itself; null while it isn't known. */
export const isLasting = ref<boolean | null>(null)

/** Below this a day's photos no longer fit. It is said before, because afterwards nothing more can be kept. */
const little = 60 * 1024 * 1024

export const bytesLeft = computed(() => (room.value ? Math.max(0, room.value.all - room.value.used) : null))
export const isNearlyFull = computed(() => bytesLeft.value !== null && bytesLeft.value < little)

export async function measureRoom(): Promise<void> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {}
  room.value = quota === undefined || usage === undefined ? null : { used: usage, all: quota }
}

/** Asks the browser not to clear what waits. Some grant it silently, some ask, some only where the page is installed. */
export async function askToLast(): Promise<void> {
  if (!navigator.storage?.persist) return
  isLasting.value = (await navigator.storage.persisted()) || (await navigator.storage.persist())
}
