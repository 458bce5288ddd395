import { expect, it } from 'vitest'
import type { Category } from '@/http/apiTypes'
import { find, suggestCategories, usedLast } from './suggestedCategories'

const category = (code: string, group = '民生', name = code, nameEn = code) =>
  ({ code, name, nameEn, class: group, classEn: group === '民生' ? 'Livelihood' : 'City' }) as Category
const all = 'abcdefghij'.split('').map((code) => category(code))
const codes = (list: Category[]) => list.map((one) => one.code).join('')

it('puts what was used last first, then what is frequent here, then the catalogue', () => {
  expect(codes(suggestCategories(all, ['j', 'c'], ['d', 'j', 'b']))).toBe('jcdbaefg')
  expect(codes(suggestCategories(all, [], []))).toBe('abcdefgh')
})

it('leaves room for what is frequent here, and ignores what the catalogue no longer has', () => {
  expect(codes(suggestCategories(all, [...'fghijab'], ['c']))).toBe('fghijcab')
  expect(codes(suggestCategories(all.slice(0, 3), ['gone', 'b'], ['gone too']))).toBe('bac')
})

it('remembers each category once, the newest first', () => {
  expect(usedLast('b', ['a', 'b', 'c'])).toEqual(['b', 'a', 'c'])
  expect(usedLast('z', [...'abcdefghijkl'])).toHaveLength(12)
})

it('finds by name, English name, class and code; what begins with the words stands first', () => {
  const some = [
    category('heat', '民生', '供暖停水', 'Heat'),
    category('water-outage', '民生', '停水', 'Water outage'),
    category('manhole', '市政', '井盖缺失', 'Missing manhole cover'),
  ]
  expect(find(some, '停水')[0]!.categories.map((one) => one.code)).toEqual(['water-outage', 'heat'])
  expect(find(some, 'MISSING')).toHaveLength(1)
  expect(find(some, '市政')[0]!.categories).toHaveLength(1)
  expect(find(some, 'livelihood')[0]).toMatchObject({ name: '民生', nameEn: 'Livelihood' })
  expect(find(some, '').map((group) => group.name)).toEqual(['民生', '市政'])
  expect(find(some, 'nothing')).toEqual([])
})
