import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import type { CaseView } from '@/http/apiTypes'
import { useSession } from '@/session/sessionStore'
import { answered } from '../networkSignal'
import { confirmed, onConfirmed, ownerOf, signedOut } from '../fieldSession'
import { delivery } from './delivery'
import type { OutboxEntry, KeptPhoto, NewJob, SentEntry } from './outboxEntry'
import type { OwedPhoto } from '../photos/owedPhotos'
import { Outbox, waitAfter, withCases } from './outbox'
import { askToLast, measureRoom } from '../storage/phoneStorage'
import { adoptEarlier, enqueue, installation, outboxDb } from './outboxDb'

/** The state of a sent entry: delivered, with what the server said to it; refused; or still waiting on this phone. */
export type Outcome<T = CaseView> =
  { is: 'delivered'; view: T } | { is: 'refused'; entry: OutboxEntry } | { is: 'waiting' }

/** How long a form waits for the delivery. After that, sending goes on in the background. */
const patience = 12_000

export const useOutbox = defineStore('outbox', () => {
  const session = useSession()
  const entries = shallowRef<OutboxEntry[]>([])
  const sending = ref(false)
  /** Photos that the server doesn't have yet. */
  const photos = shallowRef<OwedPhoto[]>([])
  /** Entries that can't be opened before the person has signed in again. */
  const locked = ref(0)
  /** What has arrived lately, the newest first. */
  const sent = shallowRef<SentEntry[]>([])
  /** What the server said to what was delivered while this page was open, by key. */
  const delivered = shallowReactive(new Map<string, unknown>())
  const waiting = computed(() => entries.value.filter((entry) => !entry.refusal))
  const refused = computed(() => entries.value.filter((entry) => entry.refusal))

  const outbox = new Outbox({
    store: outboxDb,
    delivery: delivery(
      () => session.me,
      async () => (await installation()).device,
    ),
    onDelivered: (entry, answer) => {
      delivered.set(entry.key, answer)
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

  async function load(): Promise<void> {
    const person = owner()
    if (!person) return void (entries.value = photos.value = sent.value = [])
    const [waits, owed, arrived, all] = await Promise.all([
      outboxDb.list(person),
      outboxDb.photos(person),
      outboxDb.sent(person),
      outboxDb.count(person),
    ])
    entries.value = waits
    locked.value = Math.max(0, all - waits.length)
    photos.value = owed.filter((photo) => !photo.confirmed)
    sent.value = arrived
  }
  /** When the oldest of what waits was written. */
  const oldest = computed(() => {
    const all = [...entries.value.map(({ at }) => at), ...photos.value.map(({ at }) => at)]
    return all.length > 0 ? Math.min(...all) : null
  })
  const isIdle = (): boolean => waiting.value.length === 0 && photos.value.every((photo) => photo.refusal)

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
      if (!person || !confirmed.value || signedOut.value || isIdle()) return
      sending.value = true
      const round = await alone(() => outbox.flush(person)).finally(() => (sending.value = false))
      await load()
      if (round?.end === 'signed-out') return
      failures = round?.end === 'sent' ? 0 : failures + 1
      if (round?.end !== 'sent' && !isIdle()) {
        timer = setTimeout(() => void flush(), waitAfter(failures, round?.retryAfter ?? null))
        return
      }
    }
  }

  /**
   * Stores a job on the phone and begins to send it at once. Whatever it is, it is sent exactly once, in its order, with its photos.
   * @param draft The stored draft that it was made from, which goes in the same moment.
   * @returns Its key; of an item of a day, the item's id.
   * @throws DOMException when the phone has no room for it.
   */
  async function keep(job: NewJob, taken: KeptPhoto[] = [], draft: string | null = null): Promise<string> {
    const entry = await enqueue(owner()!, job, taken, draft)
    // A report that it waits for may have arrived while it was written.
    const cases = await casesOf(entry)
    const known = withCases(entry, cases)
    if (known) await outboxDb.update([known])
    await load()
    void flush()
    void measureRoom()
    void askToLast()
    return entry.key
  }

  async function casesOf({ job, owner: person }: OutboxEntry): Promise<Map<string, string>> {
    if (!('casesFrom' in job) || !job.casesFrom?.length) return new Map()
    const arrived = await outboxDb.sent(person)
    return new Map(arrived.flatMap(({ key, caseId }) => (caseId ? [[key, caseId] as const] : [])))
  }

  /** The state of an entry once it is known, without a signal at once. */
  async function settled<T = CaseView>(key: string): Promise<Outcome<T>> {
    await Promise.race([flush(), new Promise((resolve) => setTimeout(resolve, navigator.onLine ? patience : 0))])
    await load()
    return outcomeOf<T>(key)
  }

  function outcomeOf<T = CaseView>(key: string): Outcome<T> {
    if (delivered.has(key)) return { is: 'delivered', view: delivered.get(key) as T }
    const entry = entries.value.find((one) => one.key === key)
    return entry?.refusal ? { is: 'refused', entry } : { is: 'waiting' }
  }

  async function discard(key: string): Promise<void> {
    await outboxDb.remove(key)
    await load()
    windows?.postMessage('changed')
  }

  /** Gives up a photo that the server doesn't take. */
  async function discardPhoto({ key }: OwedPhoto): Promise<void> {
    await outboxDb.removePhoto(key)
    await load()
    windows?.postMessage('changed')
  }

  /** Puts a changed entry in the place of the one that was refused, and sends it. */
  async function change(entry: OutboxEntry): Promise<void> {
    await outboxDb.update([{ ...entry, refusal: null }])
    await flush()
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
    void measureRoom()
    void adoptEarlier()
      .then(load)
      .then(() => onConfirmed(now))
  }

  return {
    entries,
    waiting,
    refused,
    photos,
    locked,
    oldest,
    sent,
    sending,
    delivered,
    start,
    flush,
    keep,
    settled,
    discard,
    discardPhoto,
    change,
    retry,
    outcomeOf,
  }
})

/** Lets one window send at a time where the browser has locks. Where it hasn't, the keys prevent double writes. */
async function alone<T>(work: () => Promise<T>): Promise<T | null> {
  if (!('locks' in navigator)) return work()
  return navigator.locks.request('gridactors.outbox', { ifAvailable: true }, (lock) => (lock ? work() : null))
}
