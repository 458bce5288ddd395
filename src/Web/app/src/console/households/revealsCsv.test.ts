import { expect, it, vi } from 'vitest'
import type { Reveal } from '@/http/apiTypes'

vi.mock('@/ui/language', () => ({ language: { value: 'zh-CN' } }))
const { revealsCsv } = await import('./revealsCsv')

const reveal: Reveal = {
  id: 'r1',
  at: '2026-11-26T10:00:00+08:00',
  person: 'll-w-0001',
  personName: '=2+5',
  area: 'grid',
  areaName: '第一网格, 东',
  household: 'h1',
  residents: ['a', 'b'],
  fields: ['idNumber', 'phone'],
  purpose: 'visit',
  purposeName: '走访“核实”"',
  address: '10.0.0.5',
  unusual: true,
  export: null,
  people: null,
  place: null,
}

it('quotes what must be quoted and writes no formula', () =>
  expect(revealsCsv([reveal], ['time', 'name'], (id) => id.toUpperCase(), 'unusual')).toBe(
    '\uFEFFtime,name\r\n' +
      '2026-11-26 10:00:00,\'=2+5,ll-w-0001,"第一网格, 东",h1,a b,IDNUMBER、PHONE,"走访“核实”""",10.0.0.5,unusual\r\n',
  ))
