import { expect, it } from 'vitest'
import { titleOf } from './reportTitle'

it('makes a single sentence the title', () => {
  expect(titleOf(' 陈家湾路口井盖缺失。 ')).toEqual({ title: '陈家湾路口井盖缺失' })
  expect(titleOf('Cover missing at no. 3.5 of the lane')).toEqual({ title: 'Cover missing at no. 3.5 of the lane' })
})

it('makes the first of several sentences the title and all of them the detail', () => {
  expect(titleOf('井盖缺失。\n夜里看不见')).toEqual({ title: '井盖缺失', detail: '井盖缺失。\n夜里看不见' })
  expect(titleOf('停水了\n三栋')).toEqual({ title: '停水了', detail: '停水了\n三栋' })
})

it('cuts a title that is too long and keeps the whole text as the detail', () => {
  const long = '水'.repeat(80)
  const { title, detail } = titleOf(long)
  expect([...title]).toHaveLength(60)
  expect(title.endsWith('…')).toBe(true)
  expect(detail).toBe(long)
})
