import { describe, expect, it } from 'vitest'
import { below, buildingOf, byBuilding, foundAmong, isFound } from './householdSearch'
import type { HouseholdItem } from '@/http/apiTypes'

let next = 0
const household = (part: Partial<HouseholdItem>): HouseholdItem => ({
  id: `h${next++}`,
  area: 'grid',
  areaName: '第一网格',
  place: null,
  state: 'living',
  number: '',
  address: '渌江路 18 号 3 栋 2 单元',
  door: '502',
  phone: '13807410268',
  head: { id: 'r', name: '欧阳建国' },
  residentCount: 3,
  groups: [],
  certificateLapses: null,
  checkedAt: '2026-11-01T09:00:00+08:00',
  visitedAt: null,
  openCases: 0,
  version: 1,
  linked: true,
  ...part,
})

describe('a household is found', () => {
  const one = household({ number: 'H-0042' })

  it.each([
    '建国',
    '欧阳',
    'oyjg',
    'ouyang',
    'jg',
    'OYJG',
    'ｏｙｊｇ',
    '0268',
    '1380741',
    '13807410268',
    '502',
    '渌江路',
    '3栋',
    'h-0042',
    '渌江 502',
    '502 oyjg',
    '',
  ])('by “%s”', (typed) => expect(isFound(one, typed)).toBe(true))

  it.each(['建军', 'zjg', '0741', '503', '渌江 503'])('not by “%s”', (typed) => expect(isFound(one, typed)).toBe(false))

  it.each([
    ['单雄信', 'sxx'],
    ['曾国藩', 'zgf'],
    ['解珍', 'xz'],
    ['买买提·艾力', 'mmt'],
    ['A. 玛丽', 'ml'],
  ])('with the readings that %s has as a name', (name, typed) =>
    expect(isFound(household({ head: { id: 'r', name } }), typed)).toBe(true),
  )

  it.each([
    ['李小妹', '李小妹'],
    ['lxm', '李小妹'],
    ['5678', '李小妹'],
    ['502 lxm', '李小妹'],
    ['oyjg', undefined],
  ])('by “%s” of whoever lives there, and says who it is', (typed, name) => {
    const others = [{ household: one.id, id: 'o', name: '李小妹', phone: '13900005678' }]
    expect(isFound(one, typed, others)).toBe(true)
    expect(foundAmong(one, typed, others)?.name).toBe(name)
    expect(isFound(one, 'zjg', others)).toBe(false)
  })

  it('also without a head', () => expect(isFound(household({ head: null }), '502')).toBe(true))

  it('among a grid’s 600 well within the time of one letter', () => {
    const grid = Array.from({ length: 600 }, (_, n) =>
      household({ door: String(n), head: { id: 'r', name: '李秀英' } }),
    )
    const began = performance.now()
    expect(grid.filter((each) => isFound(each, 'lxy'))).toHaveLength(600)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})

describe('households by building', () => {
  it.each([
    ['渌江路 18 号 3 栋 2 单元', '渌江路 18 号 3 栋'],
    ['来龙门街道青云小区', '来龙门街道青云小区'],
    ['青云小区 1 栋 2 单元', '青云小区 1 栋'],
    ['来龙门街道渌江路 18 号', '来龙门街道渌江路'],
    ['阳三石街道老粮站', '阳三石街道老粮站'],
    ['吾田村陈家湾组 12 号', '吾田村陈家湾组'],
    ['渌江路 18 号', '渌江路'],
    ['老粮站', '老粮站'],
    ['', ''],
  ])('%s is in %s', (address, building) => expect(buildingOf(address)).toBe(building))

  it('come in the order of the numbers of buildings and doors', () => {
    const doors = byBuilding([
      household({ address: '渌江路 18 号 10 栋', door: '101' }),
      household({ address: '渌江路 18 号 2 栋', door: '1002' }),
      household({ address: '渌江路 18 号 2 栋', door: '201' }),
    ]).map(({ name, households }) => [name, households.map(({ door }) => door)])
    expect(doors).toEqual([
      ['渌江路 18 号 2 栋', ['201', '1002']],
      ['渌江路 18 号 10 栋', ['101']],
    ])
  })

  it('don’t repeat the heading', () => {
    expect(below('渌江路 18 号 3 栋 2 单元', '渌江路 18 号 3 栋')).toBe('2 单元')
    expect(below('老粮站', '渌江路')).toBe('老粮站')
  })
})
