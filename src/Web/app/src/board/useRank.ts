import { computed, ref, watch, type WritableComputedRef } from 'vue'
import { ranks, type Rank } from './counters'

const name = 'gridactors.board.rank'
const rankOf = (text: string | null | undefined): Rank | null => ranks.find((rank) => rank === text) ?? null
const chosen = ref(rankOf(localStorage.getItem(name)))
watch(chosen, (rank) => rank && localStorage.setItem(name, rank))

/** What the ranking is by: what this browser has chosen for all boards, or else what the place says. */
export const useRank = (ofPlace: () => string | undefined): WritableComputedRef<Rank> =>
  computed({
    get: () => chosen.value ?? rankOf(ofPlace()) ?? 'unclaimed',
    set: (rank) => (chosen.value = rank),
  })
