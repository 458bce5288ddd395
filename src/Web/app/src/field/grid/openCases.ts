import { onScopeDispose, watch, type Ref } from 'vue'
import type { Board, CaseSummary } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useLoad, type Load } from '@/http/useLoad'

const maxShown = 20
const calm = 1500

/** The open cases of an area. They are read again after its board has changed, at most once in 1.5 seconds. */
export function useOpenCases(area: Ref<string>, board: Ref<Board | null>): Load<CaseSummary[]> {
  const list = useLoad(area, async (code) => (await api.cases({ area: code, status: ['open'], limit: maxShown })).items)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => [board.value?.area.code, board.value?.epoch, board.value?.sequence] as const,
    ([code, , sequence], [before, , previous]) => {
      if (code !== before || previous === undefined || sequence === previous) return
      timer ??= setTimeout(() => {
        timer = undefined
        void list.reload()
      }, calm)
    },
  )
  onScopeDispose(() => clearTimeout(timer))
  return list
}
