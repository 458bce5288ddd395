import { expect, it } from 'vitest'
import { typedDay } from './typedDay'

it.each([
  ['2026-11-05', '2026-11-05'],
  ['2026/1/5', '2026-01-05'],
  ['2026年11月5日', '2026-11-05'],
  ['20261105', '2026-11-05'],
  ['２０２６－１１－０５', '2026-11-05'],
  ['11-5', '2026-11-05'],
  [' 2026 - 11 - 05 ', '2026-11-05'],
  ['2026-02-30', null],
  ['2026-13-01', null],
  ['yesterday', null],
  ['', null],
])('reads %s as %s', (typed, day) => expect(typedDay(typed, '2026-11-25')).toBe(day))
