import { describe, expect, it } from 'vitest'
import { emptyMediation, isComplete, maskedName, mediationOf } from './mediation'

describe('mediation', () => {
  it.each([
    ['张三', '张*'],
    ['张三丰', '张*'],
    ['欧阳修', '欧阳*'],
    ['欧阳', '欧*'],
    [' 张* ', '张*'],
    ['欧阳*', '欧阳*'],
    ['', ''],
  ])('of %s keeps %s', (name, masked) => expect(maskedName(name)).toBe(masked))

  it('sends masked names of people and full names of organisations', () => {
    const draft = { ...emptyMediation(), agreed: true, agreement: ' 三日内修好 ' }
    draft.parties = [
      { name: '张三丰', organisation: false },
      { name: '物业公司', organisation: true },
    ]
    expect(mediationOf(draft)).toEqual({
      parties: [
        { name: '张*', organisation: false },
        { name: '物业公司', organisation: true },
      ],
      agreed: true,
      agreement: '三日内修好',
    })
  })

  it('is complete with every name, a result and what was agreed', () => {
    const draft = { ...emptyMediation(), agreed: false, agreement: '互不相让' }
    expect(isComplete(draft)).toBe(false)
    for (const party of draft.parties) party.name = '张*'
    expect(isComplete(draft)).toBe(true)
  })
})
