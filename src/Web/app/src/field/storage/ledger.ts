import { watch } from 'vue'
import { nearestMap, type NearestMap } from '@/areas/nearestMap'
import { useOwnHouseholds } from '@/households/ownHouseholds'
import { useHouseholdRules } from '@/households/useHouseholdRules'
import { api } from '@/http/api'
import type { AreaMap, CaseView, HouseholdItem, HouseholdRules, OtherResident, PlaceItem } from '@/http/apiTypes'
import { ApiError } from '@/http/httpClient'
import { useInbox } from '@/inbox/inboxStore'
import { useOwnPlaces } from '@/places/ownPlaces'
import { useSession } from '@/session/sessionStore'
import { ownerOf } from '../fieldSession'
import { CalmWriter } from './calmWriter'
import { lastSeen, storeSeen } from './lastSeen'
import { storedFact, storeFact } from './storedFacts'

const calm = 2000
/** How many of the person's cases are read ahead: a day's work, and no more than a poor line brings. */
const mostCases = 40

/**
 * Holds on the phone, sealed, what a worker needs at a door without a signal: the households linked to them, their buildings, and the rules
 * of the ledger's forms. What the phone has is shown until the server answers.
 */
export async function holdLedger(): Promise<void> {
  const owner = ownerOf(useSession().me!)
  const households = useOwnHouseholds()
  const places = useOwnPlaces()
  const { rules } = useHouseholdRules()
  const pack = useSession().me!.pack.id

  const [kept, residents, buildings, forms] = await Promise.all([
    lastSeen<HouseholdItem[]>(owner, 'ledger/households'),
    lastSeen<OtherResident[]>(owner, 'ledger/residents'),
    lastSeen<PlaceItem[]>(owner, 'ledger/places'),
    storedFact<HouseholdRules>(`household-rules.${pack}`),
  ])
  if (kept) households.restore(kept.value, kept.at, residents?.value ?? [])
  if (buildings) places.items ??= buildings.value
  rules.value ??= forms

  const writers = [new CalmWriter(calm), new CalmWriter(calm), new CalmWriter(calm)] as const
  watch(
    () => [households.items, households.readAt] as const,
    ([items, at]) => items && at && writers[0].offer(() => void storeSeen(owner, 'ledger/households', items, at)),
  )
  watch(
    () => households.others,
    (others) =>
      households.items &&
      writers[2].offer(() => void storeSeen(owner, 'ledger/residents', [...others.values()].flat())),
  )
  watch(
    () => places.items,
    (items) => items && writers[1].offer(() => void storeSeen(owner, 'ledger/places', items)),
  )
  watch(rules, (read) => read && void storeFact(`household-rules.${pack}`, read), { immediate: true })
}

/** The name of the map that the person's households are shown on. */
export const householdsMap = (home: string): string => `households-map/${home}`

export async function readHouseholdsMap(home: string): Promise<NearestMap | null> {
  const { path } = await api.area(home)
  return nearestMap(path.map((step) => step.code))
}

async function holdHouseholdsMap(owner: string, home: string): Promise<void> {
  const map = await readHouseholdsMap(home)
  if (map) await storeSeen(owner, householdsMap(home), map)
}

/** Reads ahead, one after the other, what the person will want to read in the field. Stops at the first call without an answer. */
export async function readAhead(): Promise<void> {
  const me = useSession().me!
  const owner = ownerOf(me)
  try {
    if (me.posts.some((post) => post.may.includes('read-households'))) {
      await useOwnHouseholds().load()
      await useOwnPlaces().load()
      if (me.home) await holdHouseholdsMap(owner, me.home)
    }
    if (me.home) await storeSeen(owner, `map/${me.home}`, (await api.areaMap(me.home)) satisfies AreaMap)
    const open = (useInbox().entries ?? []).filter((one) => one.role !== 'gone' && !one.case.confidential)
    for (const { case: one } of open.slice(0, mostCases)) {
      const known = await lastSeen<CaseView>(owner, `case/${one.id}`)
      if (known?.value.version === one.version) continue
      const view = await api.case(one.id)
      if (view.confidential) continue
      await storeSeen(owner, `case/${one.id}`, view)
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
  }
}
