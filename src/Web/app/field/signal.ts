import { computed, ref } from 'vue'
import { inboxLight, live } from '@/shared/live'

const online = ref(navigator.onLine)
window.addEventListener('online', () => (online.value = true))
window.addEventListener('offline', () => (online.value = false))

const startedAt = Date.now()
const patience = 6000

/** Whether the server can be reached, as far as we can tell. At first we hope. */
export const hasSignal = computed(() => {
  if (!online.value) return false
  if (live.heardAt === null) return live.now - startedAt < patience
  return inboxLight() !== 'offline'
})

/** When what is shown was last known to be right. */
export const goodAt = computed(() => (live.heardAt === null ? null : live.heardAt + live.offset))
