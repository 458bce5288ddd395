import { expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import en from './messages/en'
import zh from './messages/zh'

/** Without the types of all words, which take the compiler too long. */
const create = createI18n as unknown as (options: object) => {
  global: { t: (key: string, values: object) => string }
}
const { t } = create({ legacy: false, locale: 'en', messages: { en } }).global

it.each([
  [0, '0 working days'],
  [1, '1 working day'],
  [2, '2 working days'],
])('says of %i working days “%s”', (n, words) => expect(t('time.workingDays', { n })).toBe(words))

it('needs no plural in Chinese', () => expect(JSON.stringify(zh)).not.toContain(' | '))
