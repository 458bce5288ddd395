import { describe, expect, it } from 'vitest'
import type { SurveyDefinition, SurveyQuestion } from '@/http/apiTypes'
import { askedNow, problemOf, sent, toggled } from './answers'

const question = (id: string, more: Partial<SurveyQuestion> = {}): SurveyQuestion => ({
  id,
  name: id,
  nameEn: '',
  type: 'yes-no',
  options: [],
  required: true,
  when: null,
  field: null,
  personal: true,
  ...more,
})
const definition: SurveyDefinition = {
  title: '医保',
  titleEn: '',
  purpose: '动员参保',
  subject: 'resident',
  filter: { groups: [], kinds: [], minAge: null, maxAge: null },
  from: '2026-09-01',
  until: '2026-12-31',
  questions: [
    question('insured'),
    question('works', { when: { question: 'insured', is: ['true'] } }),
    question('where', { type: 'text', when: { question: 'works', is: ['true'] } }),
  ],
}

describe('answers of a survey', () => {
  it('asks a question only after the answer that it hangs on, through a chain', () => {
    const ids = (given: Record<string, string>) => askedNow(definition, given).map(({ id }) => id)
    expect(ids({})).toEqual(['insured'])
    expect(ids({ insured: 'true', works: 'true' })).toEqual(['insured', 'works', 'where'])
    expect(ids({ insured: 'false', works: 'true' })).toEqual(['insured'])
  })

  it('sends no answer to a question that is not asked any more', () => {
    expect(sent(definition, { insured: 'false', works: 'true', where: '厂里' })).toEqual({ insured: 'false' })
  })

  it('names what is missing or no number', () => {
    expect(problemOf(question('a'), ' ')).toBe('required')
    expect(problemOf(question('a', { required: false }), '')).toBeNull()
    expect(problemOf(question('a', { type: 'number' }), '三天')).toBe('not-a-number')
    expect(problemOf(question('a', { type: 'number' }), '3.5')).toBeNull()
  })

  it('keeps several choices in the order of the question', () => {
    const options = ['a', 'b', 'c'].map((id) => ({ id, name: id, nameEn: '' }))
    const many = question('m', { type: 'multiple', options })
    expect(toggled(many, 'c', 'a')).toBe('a,c')
    expect(toggled(many, 'a,c', 'a')).toBe('c')
  })
})
