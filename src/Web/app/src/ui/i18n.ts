import { watch } from 'vue'
import { createI18n } from 'vue-i18n'
import { language } from './language'
import en from './messages/en'
import zh from './messages/zh'

/** The words of one feature in both languages; its English must say everything its Chinese says. */
export interface Messages<T> {
  zh: T
  en: T
}

export function createAppI18n(...features: Messages<Record<string, unknown>>[]) {
  const i18n = createI18n({
    legacy: false,
    locale: language.value,
    fallbackLocale: 'zh-CN',
    messages: {
      'zh-CN': Object.assign({}, zh, ...features.map((feature) => feature.zh)),
      en: Object.assign({}, en, ...features.map((feature) => feature.en)),
    } as Record<string, Record<string, never>>,
  })
  watch(language, (value) => (i18n.global.locale.value = value))
  return i18n
}
