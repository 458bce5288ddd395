import { shallowRef } from 'vue'
import type { Draft, Place } from './reportDraft'
import { hasContent } from './reportDraft'

/** For whom the next report is begun. It stands in memory alone: an address of a household belongs into no address bar. */
const begun = shallowRef<{ household: string; area: Place; address: string } | null>(null)

export const reportFor = (household: string, area: Place, address: string): void =>
  void (begun.value = { household, area, address })

/**
 * Puts area and address into a report that is still empty.
 * @returns False when another report is being written, which stays as it is.
 */
export function takeBegun(draft: Draft): boolean {
  const wanted = begun.value
  begun.value = null
  if (!wanted) return true
  if (hasContent(draft)) return false
  const household = { id: wanted.household, area: wanted.area.code }
  const text = wanted.address ? `${wanted.address}：` : ''
  Object.assign(draft, { household, area: wanted.area, position: null, text })
  return true
}
