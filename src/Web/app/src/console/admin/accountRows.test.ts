import { describe, expect, it } from 'vitest'
import type { PostHolder } from '@/http/apiTypes'
import { accountRows } from './accountRows'

const holder = (person: string, name: string, post: string): PostHolder => ({
  person,
  name,
  post,
  postName: post,
  postNameEn: post,
  area: 'C',
  areaName: '清河县',
  awayUntil: null,
})
const holders = [holder('p-1', '李明', 'head'), holder('p-1', '李明', 'director'), holder('p-2', '王芳', 'clerk')]
const found = (typed: string) => accountRows(holders, typed).map((row) => row.person)

describe('the accounts of an area', () => {
  it('have one row for a person with two posts', () => {
    expect(accountRows(holders, '')[0]?.posts.map(({ post }) => post)).toEqual(['head', 'director'])
    expect(found('')).toEqual(['p-1', 'p-2'])
  })

  it.each([
    ['王', ['p-2']],
    ['P-1', ['p-1']],
    ['direct', ['p-1']],
  ])('are found by %s', (typed, people) => expect(found(typed)).toEqual(people))

  it('hold an account that was typed though it has no post there', () => {
    expect(accountRows(holders, ' ll-w-0001 ')).toEqual([{ person: 'll-w-0001', name: 'll-w-0001', posts: [] }])
    expect(found('没有这个人')).toEqual([])
  })
})
