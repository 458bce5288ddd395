import type { SurveyDefinition, SurveyQuestion } from '@/http/apiTypes'

export type Answers = Record<string, string>

/** The options of an answer to a question with several. */
export const parts = (answer: string | undefined): string[] => (answer ? answer.split(',') : [])

/** Whether a question is asked after the answers so far: the service decides by the same rule (AnswerRules.cs). */
export function isAsked(question: SurveyQuestion, answers: Answers): boolean {
  const { when } = question
  return !when || parts(answers[when.question]).some((one) => when.is.includes(one))
}

/** The questions that are asked now. One that isn't asked has no answer, and so nothing that hangs on it is asked. */
export function askedNow(definition: Pick<SurveyDefinition, 'questions'>, given: Answers): SurveyQuestion[] {
  const answers: Answers = {}
  return definition.questions.filter((question) => {
    if (!isAsked(question, answers)) return false
    const answer = given[question.id]
    if (answer) answers[question.id] = answer
    return true
  })
}

/** What is sent: only answers to questions that are asked. */
export function sent(definition: Pick<SurveyDefinition, 'questions'>, given: Answers): Answers {
  return Object.fromEntries(
    askedNow(definition, given).flatMap(({ id }) => (given[id]?.trim() ? [[id, given[id].trim()]] : [])),
  )
}

export type AnswerProblem = 'required' | 'not-a-number'

export function problemOf(question: SurveyQuestion, answer: string | undefined): AnswerProblem | null {
  const text = answer?.trim() ?? ''
  if (!text) return question.required ? 'required' : null
  return question.type === 'number' && !/^-?\d+([.．]\d+)?$/.test(text.replace(/,/g, '')) ? 'not-a-number' : null
}

/** The answer with an option added or taken away, in the order of the question. */
export function toggled(question: SurveyQuestion, answer: string | undefined, option: string): string {
  const chosen = parts(answer)
  const next = chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option]
  return question.options
    .map(({ id }) => id)
    .filter((id) => next.includes(id))
    .join(',')
}
