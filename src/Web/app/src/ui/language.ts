import { ref, watch } from 'vue'

export type Language = 'zh-CN' | 'en'

const name = 'gridactors.language'

export const language = ref<Language>(localStorage.getItem(name) === 'en' ? 'en' : 'zh-CN')

/** Several things in a row of words. */
export const listed = (things: string[]): string => things.join(language.value === 'en' ? ', ' : '、')

watch(
  language,
  (value) => {
    localStorage.setItem(name, value)
    document.documentElement.lang = value
  },
  { immediate: true },
)
