import { computed, type ComputedRef, type Ref } from 'vue'
import type { CaseView, PostHolder } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useLoad } from '@/http/useLoad'

/**
 * Who can take a case over and fits the words: its recipients first, then whoever holds a post on the way from its grid up.
 * The one who is chosen stays in sight. Null while nobody is known yet.
 */
export function useHandoverCandidates(
  view: () => CaseView,
  words: Ref<string>,
  chosen: Ref<string>,
): ComputedRef<PostHolder[] | null> {
  const { data } = useLoad(
    () =>
      view()
        .areaPath.map((step) => step.code)
        .join(' '),
    async (codes) => {
      const upwards = codes.split(' ').reverse()
      const pages = await Promise.all(upwards.map((code) => api.areaPeople(code).catch(() => null)))
      return pages.flatMap((page) => page?.items ?? [])
    },
  )

  return computed(() => {
    const { recipients, claimant } = view()
    const wanted = words.value.trim().toLowerCase()
    const seen = new Set([claimant])
    const fitting = [...recipients, ...(data.value ?? [])].filter((holder) => {
      if (seen.has(holder.person)) return false
      seen.add(holder.person)
      const said = [holder.name, holder.postName, holder.postNameEn, holder.areaName].join(' ').toLowerCase()
      return holder.person === chosen.value || said.includes(wanted)
    })
    return data.value || fitting.length > 0 ? fitting : null
  })
}
