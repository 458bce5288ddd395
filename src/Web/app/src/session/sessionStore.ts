import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Me, Permission, SignedIn } from '@/http/apiTypes'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { keepDraftsOf } from '@/ui/drafts'
import { setTimeZone } from '@/time/packTime'
import { token } from './sessionToken'
import { withBase } from '@/ui/basePath'

export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null)
  /** Why the person could not be read, though somebody may be signed in. */
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
    /** The areas of the person's posts. The person may see them and everything below. */
    areas,
    load: async (): Promise<Me> => me.value ?? enter(await api.me()),
    begin: (signedIn: SignedIn): Me => {
      token.set(signedIn.token)
      return enter(signedIn.me)
    },
    /**
     * @param cleanUp Removes what the page has stored of the person.
     * @throws ApiError when the server can't be told, because the session would still be open for the next person at this screen.
     */
    end: async (cleanUp?: () => Promise<void>): Promise<void> => {
      try {
        await api.signOut()
      } catch (error) {
        // The session has ended already.
        if (!(error instanceof ApiError && error.status === 401)) throw error
      }
      // The sign-in page has no use for the hub, so its code is loaded where it is needed.
      const { liveHub } = await import('@/live/hubConnection')
      await liveHub.disconnect()
      await cleanUp?.()
      token.clear()
      keepDraftsOf(null)
      // Otherwise the next person at this screen is signed in by the provider without being asked who they are.
      location.assign(withBase(me.value?.provider ? '/api/openid/sign-out' : '/signin'))
    },
    may: (permission: Permission): boolean => me.value?.posts.some((post) => post.may.includes(permission)) ?? false,
  }
})
