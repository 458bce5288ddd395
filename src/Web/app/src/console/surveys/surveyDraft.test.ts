import { describe, expect, it } from 'vitest'
import { cleaned, newDefinition, newQuestion, optionsOf } from './surveyDraft'

describe('draft of a survey', () => {
  it('keeps the id of an option whose words stay, and gives new ones free ids', () => {
    const known = [
      { id: 'o1', name: '自来水', nameEn: '' },
      { id: 'o2', name: '井水', nameEn: '' },
    ]
    expect(optionsOf('井水\n山泉水\n\n井水', known).map(({ id, name }) => [id, name])).toEqual([
      ['o2', '井水'],
      ['o1', '山泉水'],
    ])
  })

  it('sends no options of other types and no condition on a later question', () => {
    const definition = newDefinition('2026-01-01', '2026-12-31')
    const [first] = definition.questions
    const second = { ...newQuestion(['q1']), type: 'text' as const, options: [{ id: 'o1', name: '一', nameEn: '' }] }
    first!.when = { question: 'q2', is: ['o1'] }
    const sent = cleaned({ ...definition, questions: [first!, second] })
    expect(sent.questions.map(({ when, options }) => [when, options.length])).toEqual([
      [null, 0],
      [null, 0],
    ])
  })
})
