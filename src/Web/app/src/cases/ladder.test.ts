import { describe, expect, it } from 'vitest'
import type { Catalogue } from '@/http/apiTypes'
import { levelsOfLadders } from './ladder'

const step = (level: string) => ({
  level,
  posts: [],
  respond: null,
  step: null,
  idle: null,
  climbsOn: [],
  keepsClaim: false,
})
const level = (id: string) => ({ id, name: id, nameEn: id })

describe('levelsOfLadders', () => {
  it('has the levels of the pack and of its categories in the order of the tree', () => {
    const catalogue = {
      levels: ['county', 'town', 'village', 'grid'].map(level),
      ladder: [step('village'), step('county')],
      categories: [{ ladder: [step('town')] }, { ladder: null }],
    } as unknown as Catalogue

    expect(levelsOfLadders(catalogue).map((one) => one.id)).toEqual(['county', 'town', 'village'])
  })

  it('is empty for a pack without ladders, and for a catalogue that was stored before', () => {
    expect(levelsOfLadders({ levels: [level('town')], categories: [{}] } as unknown as Catalogue)).toEqual([])
    expect(levelsOfLadders(null)).toEqual([])
  })
})
