import type { Category } from '@/http/apiTypes'
import { language } from '@/ui/language'
import type { Translate } from '@/time/packTime'

const units: Record<string, string> = { m: 'minutes', h: 'hours', wh: 'workingHours', wd: 'workingDays', d: 'days' }

/**
 * The words for `24h`, `30m`, `4wh` or `3wd`, as packs write a limit, with or without a warning before it: `7wd warn 1wd`. Any other text
 * stays as it is.
 */
export function inWords(limit: string, t: Translate): string {
  const [, n, unit] = /^(\d+)(m|h|wh|wd|d)(?: warn .+)?$/.exec(limit) ?? []
  return n && unit ? t(`time.${units[unit]}`, { n: Number(n) }) : limit
}

/** When the warning of a limit comes, in words; null when it has none. */
export function warningInWords(limit: string, t: Translate): string | null {
  const [, before] = / warn (.+)$/.exec(limit) ?? []
  return before ? t('limit.warn', { time: inWords(before, t) }) : null
}

/** The time limits of a category, on site and solved, in words. Empty when the pack sets none. */
export function limitsOf(category: Category | undefined, t: Translate): string {
  const { onSite, solve } = category?.clocks ?? {}
  const said = [
    onSite && t('limit.onSite', { time: inWords(onSite, t) }),
    solve && t('limit.solve', { time: inWords(solve, t) }),
  ]
  return said.filter(Boolean).join(language.value === 'en' ? ', ' : '，')
}
