import { describe, expect, it } from 'vitest'
import type { DemoPerson } from '@/http/apiTypes'
import { groupPeople } from './demoPeople'

const person = (account: string, pack: string, post: string, areaName = '来龙门街道'): DemoPerson => ({
  account,
  name: `人${account}`,
  pack,
  packName: pack === 'liling' ? '醴陵市' : '澄潭江镇',
  packNameEn: '',
  post,
  postName: post,
  postNameEn: '',
  area: 'a',
  areaName,
})

const people = [person('1', 'liling', 'lead'), person('2', 'town', 'lead'), person('3', 'liling', 'lead', '白兔潭镇')]

describe('the offered people', () => {
  it('are grouped by pack and post in the order they came', () => {
    const packs = groupPeople(people, '')
    expect(packs.map((pack) => pack.id)).toEqual(['liling', 'town'])
    expect(packs[0]!.posts[0]!.people.map((one) => one.account)).toEqual(['1', '3'])
  })

  it('are found by name, post or area', () => {
    expect(groupPeople(people, '白兔潭')[0]!.posts[0]!.people).toHaveLength(1)
    expect(groupPeople(people, '没有')).toEqual([])
  })
})
