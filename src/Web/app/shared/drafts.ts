import { reactive, watch } from 'vue'

/** What was typed outlives a reload and a lost session, and ends with the window. */
export function useDraft<T extends object>(name: string, empty: () => T): { draft: T; clear: () => void } {
  const key = `gridactors.draft.${name}`
  const draft = reactive({ ...empty(), ...read<T>(key) }) as T
  watch(draft, (value) => sessionStorage.setItem(key, JSON.stringify(value)), { deep: true, flush: 'sync' })
  return {
    draft,
    clear: () => {
      Object.assign(draft, empty())
      sessionStorage.removeItem(key)
    },
  }
}

function read<T>(key: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<T>
  } catch {
    return {}
  }
}
