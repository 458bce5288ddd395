import { computed, ref } from 'vue'
import { inboxLight, live } from '@/live/live'

const online = ref(navigator.onLine)
window.addEventListener('online', () => (online.value = true))
window.addEventListener('offline', () => (online.value = false))

/** When the server last answered a call: a connection that is still being made again must not hide that. */
const answeredAt = ref(0)
export const answered = (): void => void (answeredAt.value = Date.now())

const startedAt = Date.now()
const patience = 6000
const answerHolds = 15_000

/** Whether the server can be reached, as far as we can tell. At first we hope. */
export const hasSignal = computed(() => {
  if (!online.value) return false
  if (live.now - answeredAt.value < answerHolds) return true
  if (live.heardAt === null) return live.now - startedAt < patience
  return inboxLight() !== 'offline'
})

/** When what is shown was last known to be right. */
export const goodAt = computed(() => (live.heardAt === null ? null : live.heardAt + live.offset))
