import type { Translate } from '@/time/packTime'
import type { HouseholdRules, Resident } from '@/http/apiTypes'
import { codeName } from './useHouseholdRules'

/** Sex, age and kind in one line. */
export function saidOf(resident: Resident, rules: HouseholdRules | null, t: Translate): string {
  const { sex } = resident.fields
  return [
    sex?.value && !sex.masked ? codeName(rules?.codes.sex, sex.value) : '',
    resident.age === null ? '' : t('household.age', { n: resident.age }),
    t(`household.kinds.${resident.kind}`, {}),
  ]
    .filter(Boolean)
    .join(' · ')
}
