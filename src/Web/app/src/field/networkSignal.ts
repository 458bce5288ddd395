import { computed, ref } from 'vue'
import { liveHub } from '@/live/hubConnection'
import { inboxLight } from '@/live/useInboxChanges'

const online = ref(navigator.onLine)
window.addEventListener('online', () => (online.value = true))
window.addEventListener('offline', () => (online.value = false))

/** When the server last answered a call. It can be reached then, even while the hub still reconnects. */
const answeredAt = ref(0)
export const answered = (): void => void (answeredAt.value = Date.now())

const startedAt = Date.now()
const patience = 6000
const answerHolds = 15_000

/** Whether the server can be reached, as far as we know. In the first seconds the page assumes that it can. */
export const hasSignal = computed(() => {
  if (!online.value) return false
  const { now, heardAt } = liveHub.state
  if (now - answeredAt.value < answerHolds) return true
  if (heardAt === null) return now - startedAt < patience
  return inboxLight() !== 'offline'
})
