import { onScopeDispose, ref, shallowReactive, watch, type Ref } from 'vue'
import { useSession } from '@/session/sessionStore'
import { ownerOf } from '../fieldSession'
import { draftOf, storeDraft } from './drafts'

export interface StoredDraft<T> {
  draft: T
  /** False until the stored draft has been read. What is typed before that would be overwritten. */
  ready: Ref<boolean>
  /**
   * Does work that removes the stored draft, e.g. by taking it over into the queue, and empties the form then. Nothing is stored meanwhile: what was taken
   * must not be there again afterwards. When the work fails, the form keeps everything.
   */
  handOver: <R>(work: () => Promise<R>) => Promise<R>
}

/** A draft that is stored on the phone and survives a reload, a closed page and an expired session. Replace its values, don't change them in place. */
export function useStoredDraft<T extends object>(key: string, empty: () => T): StoredDraft<T> {
  const owner = ownerOf(useSession().me!)
  const draft = shallowReactive(empty()) as T
  const ready = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let dirty = false
  let isTaken = false
  /** The draft is sealed before it is stored, so this takes a while. */
  let saving = Promise.resolve()

  function save(): void {
    clearTimeout(timer)
    if (!dirty || isTaken) return
    dirty = false
    const content = { ...draft }
    saving = saving.then(() => storeDraft(owner, key, content)).catch(() => {})
  }
  function reset(): void {
    Object.assign(draft, empty())
    dirty = false
    clearTimeout(timer)
  }
  async function handOver<R>(work: () => Promise<R>): Promise<R> {
    isTaken = true
    try {
      await saving
      const result = await work()
      reset()
      return result
    } finally {
      isTaken = false
      save()
    }
  }

  watch(
    () => ({ ...draft }),
    () => {
      if (!ready.value) return
      dirty = true
      clearTimeout(timer)
      timer = setTimeout(save, 120)
    },
    { flush: 'sync' },
  )
  window.addEventListener('pagehide', save)
  document.addEventListener('visibilitychange', save)
  onScopeDispose(() => {
    save()
    window.removeEventListener('pagehide', save)
    document.removeEventListener('visibilitychange', save)
  })

  void (async () => {
    const kept = await draftOf<T>(owner, key)
    if (kept) Object.assign(draft, kept)
    ready.value = true
  })()

  return { draft, ready, handOver }
}
