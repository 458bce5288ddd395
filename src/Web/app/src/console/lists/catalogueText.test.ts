import { describe, expect, it } from 'vitest'
import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  addCategory,
  emptyCategory,
  emptyPatrol,
  plain,
  readCatalogue,
  writeCategory,
  writePatrol,
} from './catalogueText'

const text = `# What is reported.
maxReturns: 2
checklist:
  - {name: 井盖是否缺失, nameEn: Lids, category: lid}  # daily

categories:
  # 市政设施
  - code: lid
    name: 井盖
    class: 市政设施
    department: roads
    clocks: {onSite: 2h warn 30m, solve: 3wd, maxPauses: 2}  # two hours
    recipients: [{post: team, at: town}, {post: desk}]
    materials: [照片]
  - code: lamp
    name: 路灯
    class: 市政设施
    clocks:
      solve: 7wd
    recipients:
      - post: team
  - {code: other, name: 其他, class: 其他, recipients: [{post: desk}]}
`
const lid = () => readCatalogue(text)!.categories[0]!
const changed = (next: string): string[] => next.split('\n').filter((line) => !text.split('\n').includes(line))

describe('the form of a catalogue', () => {
  it('shows categories and the checklist', () => {
    const { categories, checklist } = readCatalogue(text)!
    expect(categories.map(({ code }) => code)).toEqual(['lid', 'lamp', 'other'])
    expect(lid()).toMatchObject({ clocks: { onSite: '2h warn 30m', solve: '3wd' }, department: 'roads' })
    expect(lid().recipients).toEqual([
      { post: 'team', at: 'town', rest: '' },
      { post: 'desk', at: '', rest: '' },
    ])
    expect(checklist).toEqual([{ ...emptyPatrol(), name: '井盖是否缺失', nameEn: 'Lids', category: 'lid' }])
    expect(readCatalogue('categories: [')).toBeNull()
  })

  it('changes nothing without a change', () => {
    for (const one of readCatalogue(text)!.categories) expect(writeCategory(text, one.code, one)).toBe(text)
  })

  it('changes a term in its line and keeps the comment and what it does not show', () => {
    const next = writeCategory(text, 'lid', { ...lid(), clocks: { ...lid().clocks, solve: '5wd warn 1wd' } })
    expect(changed(next)).toEqual(['    clocks: {onSite: 2h warn 30m, solve: 5wd warn 1wd, maxPauses: 2}  # two hours'])
  })

  it('changes recipients, adds and removes a department', () => {
    const next = writeCategory(text, 'lid', {
      ...lid(),
      department: '',
      recipients: [{ post: 'desk', at: '', rest: '' }],
    })
    expect(changed(next)).toEqual(['    recipients: [{post: desk}]'])
    expect(next).not.toContain('department')
    const lamp = readCatalogue(text)!.categories[1]!
    expect(changed(writeCategory(text, 'lamp', { ...lamp, department: 'roads' }))).toEqual([])
    expect(readCatalogue(writeCategory(text, 'lamp', { ...lamp, department: 'roads' }))!.categories[1]).toEqual({
      ...lamp,
      department: 'roads',
    })
  })

  it('keeps what it does not show of a recipient', () => {
    const rota = text.replace('{post: team, at: town}', '{post: team, when: [office, duty], at: town}')
    const before = readCatalogue(rota)!.categories[0]!
    const recipients = before.recipients.map((one) => ({ ...one, at: '' }))
    expect(writeCategory(rota, 'lid', { ...before, recipients })).toContain(
      'recipients: [{post: team, when: [office, duty]}, {post: desk}]',
    )
  })

  it('writes into maps of lines and of one line', () => {
    for (const code of ['lamp', 'other']) {
      const before = readCatalogue(text)!.categories.find((one) => one.code === code)!
      const next = {
        ...before,
        name: '别的: 事',
        clocks: { solve: '4wh' },
        recipients: [{ post: 'team', at: 'town', rest: '' }],
      }
      expect(readCatalogue(writeCategory(text, code, next))!.categories.find((one) => one.code === code)).toEqual(next)
    }
  })

  it('adds a category after the last one of its class', () => {
    const next = { ...emptyCategory(), code: 'sign', name: '路牌', class: '市政设施', clocks: { solve: '3wd' } }
    next.recipients = [{ post: 'team', at: 'town', rest: '' }]
    const { categories } = readCatalogue(addCategory(text, next))!
    expect(categories.map(({ code }) => code)).toEqual(['lid', 'lamp', 'sign', 'other'])
    expect(categories[2]).toEqual(next)
    expect(readCatalogue(addCategory(text, { ...next, class: '新类' }))!.categories.at(-1)!.class).toBe('新类')
  })

  it('changes, adds and removes lines of the checklist', () => {
    const line = { ...emptyPatrol(), name: '路灯是否亮', category: 'lamp' }
    expect(readCatalogue(writePatrol(text, 0, line))!.checklist).toEqual([line])
    expect(readCatalogue(writePatrol(text, 1, line))!.checklist[1]).toEqual(line)
    expect(readCatalogue(writePatrol(text, 0, null))!.checklist).toEqual([])
    const without = text.replace(/checklist:\n.*\n\n/, '')
    expect(readCatalogue(writePatrol(without, 0, line))!.checklist).toEqual([line])
  })

  it('keeps the id and the photo of a line', () => {
    const line = { ...emptyPatrol(), id: 'lids', name: '井盖', photo: 'true' }
    const next = writePatrol(text, 0, line)
    expect(next).toContain('- {id: lids, name: 井盖, photo: true}')
    expect(readCatalogue(next)!.checklist).toEqual([line])
  })

  it('gives lines behind a removed one the ids of their places', () => {
    const [one, two, three] = ['甲', '乙', '丙'].map((name) => ({ ...emptyPatrol(), name }))
    const all = [one!, two!, three!].reduce((kept, line, at) => writePatrol(kept, at, line), text)
    const next = readCatalogue(writePatrol(all, 1, null))!.checklist
    expect(next.map(({ id, name }) => [id, name])).toEqual([
      ['', '甲'],
      ['item-3', '丙'],
    ])
  })

  it('quotes what could be read as something else', () => {
    expect(['井盖', 'a b', 'yes', '12345', '7wd', 'a: b', "it's", ''].map(plain)).toEqual([
      '井盖',
      'a b',
      '"yes"',
      '"12345"',
      '7wd',
      '"a: b"',
      '"it\'s"',
      '""',
    ])
  })

  it('leaves every published catalogue as it is', () => {
    const packs = resolve(import.meta.dirname, '../../../../../../packs')
    const files = readdirSync(packs).filter((name) => ['liling', 'beirong', 'aoyang', 'chengtanjiang'].includes(name))
    expect(files).toHaveLength(4)
    for (const name of files) {
      const catalogue = readFileSync(resolve(packs, name, 'catalogue.yaml'), 'utf8')
      const one = readCatalogue(catalogue)!.categories.at(-1)!
      expect(writeCategory(catalogue, one.code, one)).toBe(catalogue)
    }
  })
})
