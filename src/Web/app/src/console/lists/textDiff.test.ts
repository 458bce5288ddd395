import { expect, it } from 'vitest'
import { textDiff } from './textDiff'

const marks = (before: string, after: string) =>
  textDiff(before, after, 1).map((line) =>
    line ? `${{ same: ' ', added: '+', removed: '-' }[line.kind]}${line.text}` : '…',
  )

it('shows what was removed and added with the lines around it', () => {
  expect(marks('a\nb\nc\nd\ne\nf', 'a\nb\nX\nd\ne\nf')).toEqual([' b', '-c', '+X', ' d', '…'])
})

it('finds lines that moved apart', () => {
  expect(marks('a\nb\nc', 'a\n1\nb\n2\nc')).toEqual([' a', '+1', ' b', '+2', ' c'])
})

it('says nothing of equal texts', () => {
  expect(marks('a\nb', 'a\nb')).toEqual([])
})
