import { computed, ref, type ComputedRef, type Ref } from 'vue'
import type { CaseView, PostHolder } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useLoad } from '@/http/useLoad'

/**
 * The people who can take a case over and match what is typed: its recipients first, then the post holders of its area and of the areas
 * above. The chosen person stays in the list. Null while nobody is known yet.
 */
export function useHandoverCandidates(
  view: () => CaseView,
  chosen: Ref<string>,
): { typed: Ref<string>; candidates: ComputedRef<PostHolder[] | null> } {
  const typed = ref('')
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

  const candidates = computed(() => {
    const { recipients, claimant } = view()
    const wanted = typed.value.trim().toLowerCase()
    const holders = data.value ?? []
    const awayUntil = new Map(holders.map((holder) => [holder.person, holder.awayUntil]))
    const known = recipients.map((recipient) => ({ ...recipient, awayUntil: awayUntil.get(recipient.person) ?? null }))
    const seen = new Set([claimant])
    const fitting = [...known, ...holders].filter((holder) => {
      if (seen.has(holder.person)) return false
      seen.add(holder.person)
      const said = [holder.name, holder.postName, holder.postNameEn, holder.areaName].join(' ').toLowerCase()
      return holder.person === chosen.value || said.includes(wanted)
    })
    return data.value || fitting.length > 0 ? fitting : null
  })
  return { typed, candidates }
}
