import { computed, shallowRef, watch } from 'vue'
import type { Area } from '@/http/apiTypes'
import { api } from '@/http/api'
import { ApiError } from '@/http/httpClient'
import { useSession } from '@/session/sessionStore'
import { mayReportIn } from '../outbox/delivery'
import type { Draft, Place } from './reportDraft'
import { usePosition, type Fix } from './devicePosition'

/** Where the place comes from. `later`: there is a position, and the server will say in which area it lies. */
export type PlaceKind = 'hand' | 'position' | 'locating' | 'later' | 'outside' | 'nowhere' | 'denied' | 'failed'

type At = { fix: Fix; area: Area | null } | { fix: Fix; unknown: true }

/** The place of a report: the one chosen by hand, else the one at the phone's position, else the person's own grid. */
export function usePlace(draft: Draft) {
  const session = useSession()
  const at = shallowRef<At | null>(null)

  const own = computed<Place>(() => {
    const posts = session.me?.posts ?? []
    const post = posts.find((one) => one.may.includes('report')) ?? posts[0]
    return { code: post?.area ?? '', name: post?.areaName ?? '' }
  })

  async function resolve(fix: Fix): Promise<void> {
    try {
      const area = await api.areaAt(fix)
      if (draft.position === fix) at.value = { fix, area }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (draft.position !== fix) return
      at.value = error.status === 404 ? { fix, area: null } : { fix, unknown: true }
    }
  }

  const position = usePosition((fix) => {
    if (!draft.area) draft.position = fix
  })
  watch(
    () => draft.position,
    (fix) => fix && void resolve(fix),
    { immediate: true },
  )

  const kind = computed<PlaceKind>(() => {
    if (draft.area) return 'hand'
    if (draft.position) {
      if (!at.value) return navigator.onLine ? 'locating' : 'later'
      if ('unknown' in at.value) return 'later'
      if (!at.value.area) return 'nowhere'
      return session.me && mayReportIn(session.me, at.value.area) ? 'position' : 'outside'
    }
    const { value: state } = position.state
    return state === 'denied' || state === 'failed' ? state : 'locating'
  })

  /** The area the report is sent to; null while only the server can find it from the position. */
  const area = computed<Place | null>(() => {
    if (draft.area) return draft.area
    if (kind.value === 'later' || (kind.value === 'locating' && draft.position)) return null
    const found = at.value && 'area' in at.value ? at.value.area : null
    return kind.value === 'position' && found ? { code: found.code, name: found.name } : own.value
  })
  /** The area at the position when the person may not report there. */
  const outside = computed(() => (at.value && 'area' in at.value ? (at.value.area?.name ?? '') : ''))

  function choose(place: Place): void {
    position.stop()
    Object.assign(draft, { area: place, position: null })
  }

  function locate(): void {
    at.value = null
    Object.assign(draft, { area: null, position: null })
    position.find()
  }

  /** Begins to locate, unless the stored draft has a place already. */
  function begin(): void {
    if (!draft.area && !draft.position) locate()
  }

  return { own, kind, area, outside, choose, locate, begin }
}
