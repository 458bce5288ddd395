import type { SurveyDefinition, SurveyQuestion } from '@/http/apiTypes'

export const questionTypes = ['single', 'multiple', 'yes-no', 'number', 'date', 'text'] as const

export const hasOptions = ({ type }: SurveyQuestion): boolean => type === 'single' || type === 'multiple'

/** The first free id: ids stay what they are when questions move, because answers and figures are kept by them. */
export function freeId(prefix: string, taken: string[]): string {
  let n = 1
  while (taken.includes(`${prefix}${n}`)) n++
  return `${prefix}${n}`
}

export const newQuestion = (taken: string[]): SurveyQuestion => ({
  id: freeId('q', taken),
  name: '',
  nameEn: '',
  type: 'single',
  options: [],
  required: true,
  when: null,
  field: null,
  personal: true,
})

export const newDefinition = (from: string, until: string): SurveyDefinition => ({
  title: '',
  titleEn: '',
  purpose: '',
  subject: 'household',
  filter: { groups: [], kinds: [], minAge: null, maxAge: null },
  from,
  until,
  questions: [newQuestion([])],
})

/** The options as lines; one whose words stay keeps its id, and so its figures. */
export function optionsOf(text: string, known: SurveyQuestion['options']): SurveyQuestion['options'] {
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean)
  const kept = known.filter(({ name }) => lines.includes(name))
  const taken = kept.map(({ id }) => id)
  return lines.map((name) => {
    const same = kept.find((one) => one.name === name)
    if (same) return same
    const id = freeId('o', taken)
    taken.push(id)
    return { id, name, nameEn: '' }
  })
}

/** What an earlier question can be answered with, for a condition. */
export const choicesOf = (question: SurveyQuestion | undefined): { id: string; name: string }[] =>
  question?.type === 'yes-no'
    ? [
        { id: 'true', name: '' },
        { id: 'false', name: '' },
      ]
    : question && hasOptions(question)
      ? question.options
      : []

/** A definition as it is sent: no options where the type has none, and no condition on what isn't asked before. */
export function cleaned(definition: SurveyDefinition): SurveyDefinition {
  return {
    ...definition,
    questions: definition.questions.map((question, place) => {
      const earlier = definition.questions.slice(0, place).find(({ id }) => id === question.when?.question)
      const is = question.when?.is.filter((one) => choicesOf(earlier).some(({ id }) => id === one)) ?? []
      return {
        ...question,
        options: hasOptions(question) ? question.options : [],
        when: question.when && is.length > 0 ? { question: question.when.question, is } : null,
      }
    }),
  }
}
