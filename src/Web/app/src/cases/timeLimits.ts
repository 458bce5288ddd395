import type { Category } from '@/http/apiTypes'
import { language } from '@/ui/language'
import type { Translate } from '@/time/packTime'

const units: Record<string, string> = { m: 'minutes', h: 'hours', wd: 'workingDays', d: 'days' }

/** `24h`, `30m` or `3wd`, as the pack writes it, in words. What is written otherwise stays as it is. */
function inWords(limit: string, t: Translate): string {
  const [, n, unit] = /^(\d+)(m|h|wd|d)$/.exec(limit) ?? []
  return n && unit ? t(`time.${units[unit]}`, { n }) : limit
}

/** Within which time somebody has to be there, and the case solved; empty where the pack sets no limit. */
export function limitsOf(category: Category | undefined, t: Translate): string {
  const { onSite, solve } = category?.clocks ?? {}
  const said = [
    onSite && t('limit.onSite', { time: inWords(onSite, t) }),
    solve && t('limit.solve', { time: inWords(solve, t) }),
  ]
  return said.filter(Boolean).join(language.value === 'en' ? ', ' : '，')
}
