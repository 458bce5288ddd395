import { reactive, watch } from 'vue'

const prefix = 'gridactors.draft.'
const owner = 'gridactors.draftsOf'

/** Removes the drafts of another person, so that whoever signs in next in this window doesn't see them. */
export function keepDraftsOf(person: string | null): void {
  if (person && sessionStorage.getItem(owner) === person) return
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key)
  if (person) sessionStorage.setItem(owner, person)
}

/** A draft that survives a reload and an expired session, and ends with the window. */
export function useDraft<T extends object>(name: string, empty: () => T): { draft: T; clear: () => void } {
  const key = prefix + name
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
