import { expect, it } from 'vitest'
import { arranged } from './steps'

it('offers one next step, one beside it, and the others behind', () => {
  expect(arranged(['comment', 'claim'])).toEqual({ primary: 'claim', second: 'comment', others: [] })
  expect(arranged(['release', 'on-site', 'progress', 'resolve', 'explain', 'comment', 'handover'])).toEqual({
    primary: 'on-site',
    second: 'progress',
    others: ['resolve', 'explain', 'comment', 'release'],
  })
  expect(arranged(['close', 'reopen', 'comment'])).toEqual({ primary: 'close', second: 'comment', others: ['reopen'] })
  expect(arranged([])).toEqual({ primary: null, second: null, others: [] })
})
