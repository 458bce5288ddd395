import { onScopeDispose, watch, type Ref } from 'vue'
import type { Board, CaseSummary } from '@/http/apiTypes'
import { api } from '@/http/api'
import { useLoad, type Load } from '@/http/useLoad'

const most = 20
const calm = 1500

/** The open cases of an area; read again a moment after its board has changed, however often it changes. */
export function useOpenCases(area: Ref<string>, board: Ref<Board | null>): Load<CaseSummary[]> {
  const list = useLoad(area, async (code) => (await api.cases({ area: code, status: ['open'], limit: most })).items)
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
