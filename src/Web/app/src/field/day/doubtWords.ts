import type { Composer } from 'vue-i18n'
import type { DayFlag } from './dayTypes'

type Words = Pick<Composer, 't' | 'te'>

/** A flag in a sentence: what is doubted, how far off, and what it means for the worker. */
export function doubtWords({ flag, detail }: DayFlag, { t, te }: Words): string {
  const [key, measured] = [`workday.flags.${flag}`, `workday.measured.${flag}`]
  if (detail !== null && detail !== undefined && te(measured)) return t(measured, { n: detail })
  return te(key) ? t(key) : t('workday.flags.other')
}

/** A reason of a grade in a few words; empty for one that this page doesn't know, or that a flag says already. */
export const reasonWords = (reason: string, { t, te }: Words): string =>
  te(`workday.reasons.${reason}`) ? t(`workday.reasons.${reason}`) : ''
