import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Me, Permission, SignedIn } from './api'
import { api } from './calls'
import type { ApiError } from './client'
import { keepDraftsOf } from './drafts'
import { disconnect } from './live'
import { setTimeZone } from './time'
import { token } from './token'

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  /** Why we don't know who looks at this page, though somebody may be signed in. */
  const failure = shallowRef<ApiError | null>(null)
  const areas = computed(() => new Set(me.value?.posts.map((post) => post.area)))

  function enter(person: Me): Me {
    setTimeZone(person.pack.timeZone)
    keepDraftsOf(`${person.pack.id}/${person.id}`)
    return (me.value = person)
  }

  return {
    me,
    failure,
    /** The areas my posts are held for; I may see them and everything below. */
    areas,
    load: async (): Promise<Me> => me.value ?? enter(await api.me()),
    begin: (signedIn: SignedIn): Me => {
      token.set(signedIn.token)
      return enter(signedIn.me)
    },
    end: async (): Promise<void> => {
      await disconnect()
      await api.signOut().catch(() => {})
      token.clear()
      keepDraftsOf(null)
      location.assign('/signin')
    },
    may: (permission: Permission): boolean => me.value?.posts.some((post) => post.may.includes(permission)) ?? false,
  }
})
