import { ref, watch, type Ref } from 'vue'
import { ranks, type Rank } from './counters'

const name = 'gridactors.board.rank'
const chosen = ref<Rank>(ranks.find((rank) => rank === localStorage.getItem(name)) ?? 'unclaimed')
watch(chosen, (rank) => localStorage.setItem(name, rank))

/** What the ranking is by, as this browser has chosen it for all boards. */
export const useRank = (): Ref<Rank> => chosen
