import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CaseSummary } from '@/http/apiTypes'
import { localized } from '@/ui/language'
import { alertSettings } from './alertSettings'
import { chime, prepareChime } from './chime'
import { useInbox } from './inboxStore'
import { withBase } from '@/ui/basePath'

/** Makes new work, and clocks that warn or run out, heard and seen: a sound, a notification while the page is out of sight, and a number on the app's icon. */
export function useAlerts(open: (caseId: string) => void): void {
  const { t } = useI18n()
  const inbox = useInbox()
  prepareChime()

  watch(
    () => inbox.arrivals,
    (now, before) => {
      const fresh = now.filter((id) => !before.includes(id))
      if (fresh.length === 0) return
      if (alertSettings.sound) chime()
      if (document.hidden) void notify('arrivals', casesOf(fresh))
    },
  )

  watch(
    () => inbox.alarms,
    (now, before) => {
      const fresh = now.filter((id) => !before.includes(id))
      if (fresh.length === 0 || !alertSettings.clocks) return
      if (alertSettings.sound) chime('alarm')
      if (document.hidden) void notify('alarms', casesOf(fresh))
    },
  )

  const casesOf = (ids: string[]): CaseSummary[] =>
    ids.flatMap((id) => inbox.entries?.find((entry) => entry.case.id === id)?.case ?? [])

  watch(
    () => (alertSettings.badge ? inbox.counts.offered : 0),
    (waiting) => {
      if (!('setAppBadge' in navigator)) return
      // A browser that has no icon for this page refuses.
      void (waiting > 0 ? navigator.setAppBadge(waiting) : navigator.clearAppBadge()).catch(() => {})
    },
    { immediate: true },
  )

  async function notify(kind: 'arrivals' | 'alarms', cases: CaseSummary[]): Promise<void> {
    const [first] = cases
    if (!first || !alertSettings.notification || !mayNotify()) return
    const one = kind === 'arrivals' ? 'alerts.one' : first.overdue ? 'alerts.oneOverdue' : 'alerts.oneDueSoon'
    const several = kind === 'arrivals' ? 'alerts.several' : 'alerts.severalDue'
    const title = cases.length > 1 ? t(several, { n: cases.length }) : t(one)
    // A locked screen shows notifications to everybody.
    const about = first.confidential
      ? t('words.confidential')
      : `${first.areaName} ${localized(first.categoryName, first.categoryNameEn)}`
    const options = {
      body: about,
      tag: `gridactors.${kind}`,
      icon: withBase('/favicon.svg'),
      data: { caseId: first.id },
    }
    // A phone shows notifications only of a service worker.
    const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
    if (worker) return worker.showNotification(title, options)
    const shown = new Notification(title, options)
    shown.onclick = () => {
      window.focus()
      open(first.id)
      shown.close()
    }
  }
}

export const canNotify = (): boolean => 'Notification' in window && window.isSecureContext
const mayNotify = (): boolean => canNotify() && Notification.permission === 'granted'
