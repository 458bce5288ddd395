import type { Mediation, NewMediation } from '@/http/apiTypes'

/** A mediation while it is filled in. Names are masked as soon as they are typed, so that nothing keeps the full ones. */
export interface MediationDraft {
  level: string
  parties: { name: string; organisation: boolean }[]
  agreed: boolean | null
  agreement: string
  number: string
}

export const minParties = 2
export const maxParties = 10

export const emptyMediation = (): MediationDraft => ({
  level: '',
  parties: Array.from({ length: minParties }, () => ({ name: '', organisation: false })),
  agreed: null,
  agreement: '',
  number: '',
})

const compoundSurnames =
  /^(欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|司空|夏侯|轩辕|端木|南宫|独孤|呼延|闻人|申屠|澹台|赫连|濮阳|淳于|钟离)./u

/** The surname alone, as the service keeps it: 张三丰 becomes 张*. */
export function maskedName(name: string): string {
  const text = name.trim()
  if (text === '') return ''
  return `${compoundSurnames.test(text) ? text.slice(0, 2) : [...text][0]}*`
}

export const isComplete = ({ parties, agreed, agreement }: MediationDraft): boolean =>
  agreed !== null && agreement.trim() !== '' && parties.every(({ name }) => name.trim() !== '')

export function mediationOf({ level, parties, agreed, agreement, number }: MediationDraft): NewMediation {
  return {
    parties: parties.map(({ name, organisation }) => ({
      name: organisation ? name.trim() : maskedName(name),
      organisation,
    })),
    agreed: agreed === true,
    agreement: agreement.trim(),
    ...(level && { level }),
    ...(number.trim() && { number: number.trim() }),
  }
}

/** What the history says of a mediation in a line. */
export const resultKey = ({ agreed }: Mediation): string => `mediation.${agreed ? 'agreed' : 'notAgreed'}`
