import { ref, watch } from 'vue'

export type Language = 'zh-CN' | 'en'

const name = 'gridactors.language'

export const language = ref<Language>(localStorage.getItem(name) === 'en' ? 'en' : 'zh-CN')

/** The name of something that has one in both languages. A pack may leave the English one empty. */
export const localized = <T extends string | undefined>(name: T, nameEn: string | undefined): T | string =>
  (language.value === 'en' && nameEn) || name

/** Several things as one text. */
export const listed = (things: string[]): string => things.join(language.value === 'en' ? ', ' : '、')

watch(
  language,
  (value) => {
    localStorage.setItem(name, value)
    document.documentElement.lang = value
  },
  { immediate: true },
)
