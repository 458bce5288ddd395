import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import type { CaseView } from '@/http/apiTypes'
import { newKey } from '@/http/client'
import { useSession } from '@/session/sessionStore'
import { answered } from '../networkSignal'
import { confirmed, onConfirmed, ownerOf, signedOut } from '../fieldSession'
import { delivery } from './delivery'
import { newEntry, type OutboxEntry, type Job, type KeptPhoto } from './outboxEntry'
import { Outbox, waitAfter } from './outbox'
import { enqueue, outboxDb } from './outboxDb'

/** The state of a sent entry: delivered, refused, or still waiting on this phone. */
export type Outcome = { is: 'delivered'; view: CaseView } | { is: 'refused'; entry: OutboxEntry } | { is: 'waiting' }

/** How long a form waits for the delivery. After that, sending goes on in the background. */
const patience = 12_000

export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const entries = shallowRef<OutboxEntry[]>([])
  const sending = ref(false)
  /** What was delivered while this page was open, by key. */
  const delivered = shallowReactive(new Map<string, CaseView>())
  const waiting = computed(() => entries.value.filter((entry) => !entry.refusal))
  const refused = computed(() => entries.value.filter((entry) => entry.refusal))

  const outbox = new Outbox({
    store: outboxDb,
    delivery: delivery(() => session.me),
    onDelivered: (entry, view) => {
      delivered.set(entry.key, view)
      answered()
    },
    onChange: () => {
      void load()
      windows?.postMessage('changed')
    },
  })

  /** Tells other windows of this browser that entries have changed. */
  const windows = 'BroadcastChannel' in window ? new BroadcastChannel('gridactors.outbox') : null
  if (windows) windows.onmessage = () => void load()

  const owner = (): string | null => (session.me ? ownerOf(session.me) : null)
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let again = false
  let newest = 0

  async function load(): Promise<void> {
    const person = owner()
    entries.value = person ? await outboxDb.list(person) : []
  }

  function flush(): Promise<void> {
    again = true
    running ??= rounds().finally(() => (running = null))
    return running
  }

  async function rounds(): Promise<void> {
    clearTimeout(timer)
    while (again) {
      again = false
      await load()
      const person = owner()
      if (!person || !confirmed.value || signedOut.value || waiting.value.length === 0) return
      sending.value = true
      const round = await alone(() => outbox.flush(person)).finally(() => (sending.value = false))
      await load()
      if (round?.end === 'signed-out') return
      failures = round?.end === 'sent' ? 0 : failures + 1
      if (round?.end !== 'sent' && waiting.value.length > 0) {
        timer = setTimeout(() => void flush(), waitAfter(failures, round?.retryAfter ?? null))
        return
      }
    }
  }

  /** Stores an entry on the phone and begins to send it at once. */
  async function keep(job: Job, photos: KeptPhoto[], draft: string | null = null): Promise<string> {
    const key = newKey()
    newest = Math.max(newest + 1, Date.now())
    await enqueue(newEntry(key, owner()!, newest, job, photos), draft)
    await load()
    void flush()
    return key
  }

  /** The state of an entry once it is known, without a signal at once. */
  async function settled(key: string): Promise<Outcome> {
    await Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, navigator.onLine ? patience : 0))])
    await load()
    return outcomeOf(key)
  }

  function outcomeOf(key: string): Outcome {
    const view = delivered.get(key)
    if (view) return { is: 'delivered', view }
    const entry = entries.value.find((one) => one.key === key)
    return entry?.refusal ? { is: 'refused', entry } : { is: 'waiting' }
  }

  async function discard(key: string): Promise<void> {
    await outboxDb.remove(key)
    await load()
    windows?.postMessage('changed')
  }

  async function retry(entry: OutboxEntry): Promise<void> {
    await outbox.retry(entry)
    await flush()
  }

  /** Begins to send whenever the network may be back. */
  function start(): void {
    const now = () => void flush()
    window.addEventListener('online', now)
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && now())
    onConfirmed(now)
    void load()
  }

  return { entries, waiting, refused, sending, delivered, start, flush, keep, settled, discard, retry, outcomeOf }
})

/** Lets one window send at a time where the browser has locks. Where it hasn't, the keys prevent double writes. */
async function alone<T>(work: () => Promise<T>): Promise<T | null> {
  if (!('locks' in navigator)) return work()
  return navigator.locks.request('gridactors.outbox', { ifAvailable: true }, (lock) => (lock ? work() : null))
}
