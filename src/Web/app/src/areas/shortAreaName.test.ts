import { expect, it } from 'vitest'
import { shortPath } from './shortAreaName'

it('leaves out the parts of a name that the names above it have', () => {
  expect(shortPath(['吾田村', '吾田村第一党支部', '吾田村第一网格', '吾田村第一网格第一小区'])).toBe(
    '吾田村 › 第一党支部 › 第一网格 › 第一小区',
  )
  expect(shortPath(['阳三石街道', '阳三石社区'])).toBe('阳三石街道 › 阳三石社区')
  expect(shortPath([])).toBe('')
})
