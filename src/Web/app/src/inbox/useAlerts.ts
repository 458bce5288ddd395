import { watch } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CaseSummary } from '@/http/apiTypes'
import { localized } from '@/ui/language'
import { alertSettings } from './alertSettings'
import { chime, prepareChime } from './chime'
import { useInbox } from './inboxStore'
import { withBase } from '@/ui/basePath'
import { useCalm } from './useCalm'

/** The outage of which this browser has told already. */
const toldOutage = 'gridactors.outage'

/** Makes new work, and clocks that warn or run out, heard and seen: a sound, a notification while the page is out of sight, and a number on the app's icon. */
export function useAlerts(open: (caseId: string) => void): void {
  const { t } = useI18n()
  const inbox = useInbox()
  prepareChime()

  const arrived = useCalm((ids) => {
    if (alertSettings.sound) chime()
    if (document.hidden) void notify('arrivals', casesOf(ids))
  })
  watch(
    () => inbox.arrivals,
    (now, before) => arrived(now.filter((id) => !before.includes(id))),
  )

  const alarmed = useCalm((ids) => {
    if (alertSettings.sound) chime('alarm')
    if (document.hidden) void notify('alarms', casesOf(ids))
  })
  watch(
    () => inbox.alarms,
    (now, before) => alertSettings.clocks && alarmed(now.filter((id) => !before.includes(id))),
  )

  watch(
    () => inbox.outage,
    (outage) => {
      if (!outage || !alertSettings.clocks || outage.from === localStorage.getItem(toldOutage)) return
      localStorage.setItem(toldOutage, outage.from)
      if (alertSettings.sound) chime('alarm')
      if (document.hidden)
        void show('outage', t('alerts.outageTitle'), t('alerts.outage', { n: outage.cases, yours: outage.yours }), '')
    },
    { immediate: true },
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
    if (!first) return
    const one = kind === 'arrivals' ? 'alerts.one' : first.overdue ? 'alerts.oneOverdue' : 'alerts.oneDueSoon'
    const several = kind === 'arrivals' ? 'alerts.several' : 'alerts.severalDue'
    const title = cases.length > 1 ? t(several, { n: cases.length }) : t(one)
    // A locked screen shows notifications to everybody.
    const about = first.confidential
      ? t('words.confidential')
      : `${first.areaName} ${localized(first.categoryName, first.categoryNameEn)}`
    await show(kind, title, about, first.id)
  }

  /** Shows a notification; one of the same kind replaces the earlier one. */
  async function show(kind: string, title: string, body: string, caseId: string): Promise<void> {
    if (!alertSettings.notification || !mayNotify()) return
    const options = { body, tag: `gridactors.${kind}`, icon: withBase('/favicon.svg'), data: { caseId } }
    // A phone shows notifications only of a service worker.
    const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
    if (worker) return worker.showNotification(title, options)
    const shown = new Notification(title, options)
    shown.onclick = () => {
      window.focus()
      if (caseId) open(caseId)
      shown.close()
    }
  }
}

export const canNotify = (): boolean => 'Notification' in window && window.isSecureContext
const mayNotify = (): boolean => canNotify() && Notification.permission === 'granted'
