import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { count } from '@/ui/numbers'
import { language } from '@/ui/language'
import { alertSettings } from './alertSettings'
import { useInbox } from './inboxStore'

/** The clocks of one's own cases that have warned or run out since one last looked, in words; nothing when that is switched off. */
export function useAlarms() {
  const { t } = useI18n()
  const inbox = useInbox()
  const ids = computed(() => (alertSettings.clocks ? inbox.alarms : []))
  const entries = computed(() => inbox.entries?.filter((entry) => ids.value.includes(entry.case.id)) ?? [])
  const isOverdue = computed(() => entries.value.some((entry) => entry.case.overdue))
  const words = computed(() => {
    const overdue = entries.value.filter((entry) => entry.case.overdue).length
    const soon = entries.value.length - overdue
    return [
      overdue > 0 && t('alerts.overdue', { n: count(overdue) }),
      soon > 0 && t('alerts.dueSoon', { n: count(soon) }),
    ]
      .filter(Boolean)
      .join(language.value === 'en' ? ', ' : '，')
  })
  /** How many of them are claimed: those that wait to be claimed are counted already. */
  const claimed = computed(() => entries.value.filter((entry) => entry.role === 'mine').length)
  return { ids, words, isOverdue, claimed }
}
