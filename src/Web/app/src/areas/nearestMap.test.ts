import { beforeEach, expect, it, vi } from 'vitest'
import { api } from '@/http/api'
import type { AreaMap } from '@/http/apiTypes'
import { nearestMap } from './nearestMap'

vi.mock('@/http/api', () => ({ api: { areaMap: vi.fn() } }))

const map = (features: number) => ({ type: 'FeatureCollection', features: Array(features).fill({}) }) as AreaMap
const path = ['county', 'town', 'village']

beforeEach(() => {
  vi.mocked(api.areaMap).mockReset()
})

it('the map of the area itself comes first', async () => {
  vi.mocked(api.areaMap).mockResolvedValue(map(3))
  expect(await nearestMap(path, new Set(['county']))).toMatchObject({ inside: undefined })
})

it('without boundaries there, the map above shows where the area lies', async () => {
  vi.mocked(api.areaMap).mockImplementation(async (code) => map(code === 'county' ? 2 : 0))
  expect(await nearestMap(path, new Set(['county']))).toMatchObject({ inside: 'town' })
})

it('maps above the given areas are not asked for', async () => {
  vi.mocked(api.areaMap).mockResolvedValue(map(0))
  expect(await nearestMap(path, new Set(['town']))).toBeNull()
  expect(vi.mocked(api.areaMap).mock.calls).toEqual([['village'], ['town']])
})

it('a map that cannot be read ends the search', async () => {
  vi.mocked(api.areaMap).mockRejectedValue(new Error('refused'))
  expect(await nearestMap(path)).toBeNull()
  expect(api.areaMap).toHaveBeenCalledTimes(1)
})
