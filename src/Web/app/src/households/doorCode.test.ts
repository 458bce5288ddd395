import { expect, it } from 'vitest'
import { doorOf } from './doorCode'

const id = '0197b3c45d6e7f809a1b2c3d4e5f6071'

it.each([
  ['our address', `https://county.example/m/households?door=${id}`, id],
  ['our address with more', `http://10.0.0.5/grid/m/households?lang=en&door=${id}#x`, id],
  ['the id alone', ` ${id.toUpperCase()} `, id],
  ['another address', 'https://elsewhere.example/pay?to=1', null],
  ['an id with hyphens', '0197b3c4-5d6e-7f80-9a1b-2c3d4e5f6071', id],
  ['words', '渌江路 18 号', null],
  ['nothing', '', null],
])('of a code with %s', (_, scanned, door) => expect(doorOf(scanned)).toBe(door))
