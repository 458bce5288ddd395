import { showToast } from 'vant'
import { useI18n } from 'vue-i18n'
import type { HouseholdWriter } from '@/households/householdWriter'
import { placeIn } from '@/households/households'
import type { NewJob } from './outboxEntry'
import { errorOf } from './outbox'
import { useOutbox } from './outboxStore'

/** Puts a write into the queue and waits a moment for what the server says. */
export function useQueued(): { write: <T>(job: NewJob) => Promise<T | null> } {
  const { t } = useI18n()
  const outbox = useOutbox()
  return {
    /**
     * @returns What the server says; null when it can't be reached: it is sent later then, and the person is told.
     * @throws ApiError when it was refused while the person waits: the form still has what was typed.
     */
    async write<T>(job: NewJob): Promise<T | null> {
      const key = await outbox.keep(job)
      const outcome = await outbox.settled<T>(key)
      if (outcome.is === 'delivered') return outcome.view
      if (outcome.is === 'refused') {
        const { refusal } = outcome.entry
        // Fields that both have changed are decided on the page of what waits, where they stand side by side.
        if (!refusal!.meanwhile) await outbox.discard(key)
        throw errorOf(refusal!)
      }
      showToast({ message: t('field.signal.saved'), position: 'middle' })
      return null
    },
  }
}

/** What a worker types at a door is kept on the phone first. Until it has arrived the form shows it as if it had. */
export function useQueuedWriter(): HouseholdWriter {
  const { write } = useQueued()
  return {
    async correct(household, fields) {
      const before = Object.fromEntries(Object.keys(fields).map((id) => [id, household.fields[id]?.value ?? null]))
      const { id, version } = household
      const next = await write<typeof household>({
        kind: 'household',
        household: id,
        label: placeIn(household),
        method: 'PATCH',
        path: `/api/households/${encodeURIComponent(id)}`,
        body: { fields },
        ifMatch: version,
        fields,
        before,
      })
      if (next) return next
      const shown = Object.entries(fields).map(([field, value]) => [field, { value: value ?? '', masked: false }])
      return { ...household, fields: { ...household.fields, ...Object.fromEntries(shown) } }
    },
    async answer(sheet, title, answers, correction) {
      const next = await write<typeof sheet>({
        kind: 'call',
        method: 'POST',
        path: `/api/surveys/${encodeURIComponent(sheet.survey)}/answers`,
        body: { subject: sheet.subject, answers, correction },
        label: [title, sheet.name].filter(Boolean).join(' · '),
        subject: `sheet/${sheet.survey}/${sheet.subject}`,
      })
      return next ?? { ...sheet, state: 'answered' }
    },
  }
}
