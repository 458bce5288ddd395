import { expect, it } from 'vitest'
import { arrange, asksFor, bodyOf, missing } from './caseActions'

it('offers one next step, and the others behind it in the order of use', () => {
  expect(arrange(['comment', 'claim'])).toEqual({ primary: 'claim', others: ['comment'] })
  expect(arrange(['release', 'on-site', 'progress', 'resolve', 'explain', 'comment', 'handover'])).toEqual({
    primary: 'on-site',
    others: ['progress', 'resolve', 'explain', 'comment', 'handover', 'release'],
  })
  expect(arrange(['close', 'reopen', 'comment'])).toEqual({ primary: 'close', others: ['comment', 'reopen'] })
  expect(arrange([])).toEqual({ primary: null, others: [] })
})

it('has no next step for somebody else while the claimant is on it', () => {
  expect(arrange(['comment', 'handover'])).toEqual({ primary: null, others: ['comment', 'handover'] })
})

it('sends what the step knows, trimmed, and nothing empty', () => {
  const filled = { text: ' 已更换井盖 ', reason: '别处写的', photos: [], rating: 0, to: '' }
  expect(bodyOf('resolve', filled)).toEqual({ text: '已更换井盖' })
  expect(bodyOf('close', { ...filled, text: ' ', rating: 5 })).toEqual({ rating: 5 })
})

it('knows what is still missing, and asks only the one who reported for a rating', () => {
  expect(missing('handover', { to: 'p1', reason: ' ' })).toEqual(['reason'])
  expect(missing('close', {})).toEqual([])
  expect([asksFor('rating', 'close', true), asksFor('rating', 'close', false)]).toEqual([true, false])
})
