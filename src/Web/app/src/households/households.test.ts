import { describe, expect, it } from 'vitest'
import type { Household, Resident } from '@/http/apiTypes'
import { groupsOf, itemOf, placeOf } from './households'

const value = (text: string) => ({ value: text, masked: false })
const resident = (id: string, part: Partial<Resident> = {}): Resident => ({
  id,
  kind: 'registered',
  relation: null,
  state: 'living',
  relationName: null,
  age: null,
  fields: { name: value(id) },
  groups: [],
  certificates: [],
  tags: [],
  erased: false,
  ...part,
})
const certificate = (expiresOn: string) => ({
  id: expiresOn,
  kind: 'k',
  name: '证',
  nameEn: 'c',
  expiresOn,
  raisedCase: null,
})
const household: Household = {
  id: 'h',
  area: 'grid',
  areaName: '第一网格',
  state: 'living',
  place: null,
  worker: null,
  fields: { address: value('渌江路 18 号'), door: value('502') },
  residents: [
    resident('张建国', { groups: ['alone'], fields: { name: value('张建国'), phone: value('13800138000') } }),
    resident('李秀英', {
      groups: ['alone', 'disabled'],
      certificates: [certificate('2027-03-01'), certificate('2026-12-01')],
    }),
    resident('张丽', { state: 'moved-out', groups: ['veteran'], certificates: [certificate('2026-01-01')] }),
  ],
  head: '张建国',
  createdAt: '2026-11-01T09:00:00+08:00',
  updatedAt: '2026-11-01T09:00:00+08:00',
  updatedBy: 'll-w-0001',
  updatedByName: '彭春梅',
  checkedAt: '2026-11-01T09:00:00+08:00',
  visitedAt: null,
  mergedInto: null,
  version: 4,
  linked: true,
  actions: ['edit'],
  doubts: [],
}

describe('a household', () => {
  it('has the groups of those who live there', () => expect(groupsOf(household)).toEqual(['alone', 'disabled']))

  it('stands in the list as the service would list it', () =>
    expect(itemOf(household, 2)).toEqual({
      id: 'h',
      area: 'grid',
      areaName: '第一网格',
      place: null,
      state: 'living',
      number: null,
      address: '渌江路 18 号',
      door: '502',
      phone: '13800138000',
      head: { id: '张建国', name: '张建国' },
      residentCount: 2,
      groups: ['alone', 'disabled'],
      certificateLapses: '2026-12-01',
      checkedAt: '2026-11-01T09:00:00+08:00',
      visitedAt: null,
      openCases: 2,
      version: 4,
      linked: true,
    }))

  it.each([
    ['渌江路 18 号', '502', '渌江路 18 号 502'],
    [null, '502', '502'],
    [null, null, ''],
  ])('at %s and %s is there in one line', (address, door, place) => expect(placeOf({ address, door })).toBe(place))
})
