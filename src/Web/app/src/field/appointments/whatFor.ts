import { useI18n } from 'vue-i18n'
import type { Appointment } from '@/http/apiTypes'
import { localized } from '@/ui/language'
import { useStoredCatalogue } from '../storage/useStoredCatalogue'

/** For what an appointment is: its service, or else its purpose, by the pack's names. */
export function useWhatFor() {
  const { t } = useI18n()
  const { catalogue } = useStoredCatalogue()

  function whatFor({ service, purpose }: Pick<Appointment, 'service' | 'purpose'>): string {
    const field = catalogue.value?.field
    const found = service
      ? field?.services.find(({ id }) => id === service)
      : field?.purposes.find(({ id }) => id === purpose)
    return found ? localized(found.name, found.nameEn) : (service ?? purpose ?? t('appointment.visit'))
  }
  return { whatFor, catalogue }
}
