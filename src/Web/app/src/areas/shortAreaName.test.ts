import { expect, it } from 'vitest'
import { shortName, shortPath } from './shortAreaName'

it('leaves out the parts of a name that the names above it have', () => {
  expect(shortPath(['吾田村', '吾田村第一党支部', '吾田村第一网格', '吾田村第一网格第一小区'])).toBe(
    '吾田村 › 第一党支部 › 第一网格 › 第一小区',
  )
  expect(shortPath(['阳三石街道', '阳三石社区'])).toBe('阳三石街道 › 阳三石社区')
  expect(shortPath([])).toBe('')
})

it('leaves a name alone that repeats nothing', () => {
  expect(shortName('陈家湾村', ['来龙门街道', '醴陵市'])).toBe('陈家湾村')
  expect(shortName('阳三石社区第一网格', ['醴陵市', '阳三石社区'])).toBe('第一网格')
  expect(shortName('醴陵市', ['醴陵市'])).toBe('醴陵市')
})
