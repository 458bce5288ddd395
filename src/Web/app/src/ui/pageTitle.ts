import { onScopeDispose, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'

const page = ref('')
const product = ref('')
const waiting = ref(0)
let owner = {}

watch([page, product, waiting], () => {
  const count = waiting.value > 0 ? `(${waiting.value}) ` : ''
  document.title = count + [page.value, product.value].filter(Boolean).join(' · ')
})

/** Names the browser's tab after what the page shows. Of nested pages the innermost that has a name gives it. */
export function usePageTitle(words: () => string): void {
  const { t } = useI18n()
  const mine = {}
  watch(
    [words, () => t('product')],
    ([name, suffix]) => {
      product.value = suffix
      if (!name) return
      owner = mine
      page.value = name
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    if (owner === mine) page.value = ''
  })
}

/** Shows in the tab how many cases wait for the person. */
export function useTitleCount(count: () => number): void {
  watch(count, (value) => (waiting.value = value), { immediate: true })
  onScopeDispose(() => (waiting.value = 0))
}
