import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { areSeveralPhones, checkIdentifier, normalPhone, normalPlate } from './identifiers'

interface Vectors {
  identifiers: {
    name: string
    idType: string
    typed: string
    today?: string
    canonical?: string
    error: string | null
    birthDate?: string
    sex?: string
  }[]
  phones: { name: string; typed: string; normal: string | null }[]
  severalPhones: { typed: string; several: boolean }[]
  plates: { name: string; typed: string; normal: string | null }[]
}
const file = new URL('../../../../../tests/vectors/identifiers.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors

describe('a number that is typed', () => {
  it.each(vectors.identifiers)(
    'of a certificate: $name',
    ({ idType, typed, today, canonical, error, birthDate, sex }) => {
      const checked = checkIdentifier(idType, typed, today)
      expect(checked.error).toBe(error)
      if (canonical) expect(checked.canonical).toBe(canonical)
      expect(checked.birthDate).toBe(birthDate)
      expect(checked.sex).toBe(sex)
    },
  )

  it.each(vectors.phones)('of a telephone: $name', ({ typed, normal }) => expect(normalPhone(typed)).toBe(normal))

  it.each(vectors.severalPhones)('of telephones: $typed', ({ typed, several }) =>
    expect(areSeveralPhones(typed)).toBe(several),
  )

  it.each(vectors.plates)('of a vehicle: $name', ({ typed, normal }) => expect(normalPlate(typed)).toBe(normal))
})
