import { onScopeDispose, ref, shallowReactive, watch, type Ref } from 'vue'
import { useSession } from '@/session/sessionStore'
import { ownerOf } from '../fieldSession'
import { draftOf, storeDraft } from './drafts'

export interface StoredDraft<T> {
  draft: T
  /** False until the stored draft has been read. What is typed before that would be overwritten. */
  ready: Ref<boolean>
  /** Empties the form. The stored draft isn't touched: the caller has removed it, or somebody else does. */
  reset: () => void
}

/** A draft that is stored on the phone and survives a reload, a closed page and an expired session. Replace its values, don't change them in place. */
export function useStoredDraft<T extends object>(key: string, empty: () => T): StoredDraft<T> {
  const owner = ownerOf(useSession().me!)
  const draft = shallowReactive(empty()) as T
  const ready = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let dirty = false

  async function save(): Promise<void> {
    clearTimeout(timer)
    if (!dirty) return
    dirty = false
    await storeDraft(owner, key, { ...draft }).catch(() => {})
  }

  watch(
    () => ({ ...draft }),
    () => {
      if (!ready.value) return
      dirty = true
      clearTimeout(timer)
      timer = setTimeout(() => void save(), 120)
    },
    { flush: 'sync' },
  )
  const leave = () => void save()
  window.addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', leave)
  onScopeDispose(() => {
    leave()
    window.removeEventListener('pagehide', leave)
    document.removeEventListener('visibilitychange', leave)
  })

  void (async () => {
    const kept = await draftOf<T>(owner, key)
    if (kept) Object.assign(draft, kept)
    ready.value = true
  })()

  return {
    draft,
    ready,
    reset: () => {
      Object.assign(draft, empty())
      dirty = false
      clearTimeout(timer)
    },
  }
}
