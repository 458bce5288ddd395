import { describe, expect, it } from 'vitest'
import { changesOf, fieldsOf, inputOf, problemsOf, toldByNumber, type FormContext, type Shown } from './householdForm'
import type { FieldRule } from '@/http/apiTypes'

const field = (id: string, type: FieldRule['type'], more: Partial<FieldRule> = {}): FieldRule => ({
  id,
  type,
  name: id,
  nameEn: id,
  protection: 'personal',
  codes: null,
  required: false,
  ...more,
})
const context: FormContext = {
  today: '2026-11-26',
  codes: { sex: [{ code: '1', name: '男', nameEn: 'male' }] },
  rules: [
    field('name', 'name', { required: true }),
    field('idType', 'code', { codes: null }),
    field('idNumber', 'identifier'),
    field('sex', 'code', { codes: 'sex' }),
    field('birthDate', 'date'),
    field('phone', 'phone'),
    field('plate', 'plate'),
    field('floor', 'number'),
  ],
}
const shown: Shown = {
  name: { value: '张建国', masked: false },
  phone: { value: '13800138000', masked: false },
  idNumber: { value: '110105********002X', masked: true },
}

describe('an input', () => {
  it('shows what was typed, else what is known, and nothing of what is masked', () => {
    expect(inputOf('name', {}, shown)).toBe('张建国')
    expect(inputOf('name', { name: '' }, shown)).toBe('')
    expect(inputOf('idNumber', {}, shown)).toBe('')
    expect(inputOf('plate', {}, shown)).toBe('')
  })
})

describe('the problems of a form', () => {
  it.each([
    ['name', '', 'required'],
    ['idNumber', '110105194912310021', 'identifier-check-digit'],
    ['phone', '1380013', 'not-a-phone'],
    ['phone', '13800138000/13900139000', 'several-phones'],
    ['plate', 'XYZ', 'not-a-plate'],
    ['birthDate', '2026-13-01', 'not-a-date'],
    ['sex', '7', 'unknown-code'],
    ['floor', 'three', 'not-a-number'],
  ])('%s “%s” is %s', (id, typed, problem) =>
    expect(problemsOf({ [id]: typed }, shown, context)).toEqual({ [id]: problem }),
  )

  it('a masked value that stays isn’t missing', () =>
    expect(problemsOf({}, { ...shown, name: { value: '张*国', masked: true } }, context)).toEqual({}))

  it('a passport is checked as a passport', () =>
    expect(problemsOf({ idType: '414', idNumber: 'E12345678' }, shown, context)).toEqual({}))
})

describe('the changes of a form', () => {
  it('are what differs, as it is kept', () => {
    const typed = { name: ' 张建国 ', phone: '139 0013 9000', birthDate: '1980年1月5日', plate: '湘b12345' }
    expect(changesOf(typed, shown, context)).toEqual({
      phone: '13900139000',
      birthDate: '1980-01-05',
      plate: '湘B12345',
    })
  })

  it('remove what was emptied, and leave a masked value that was left empty', () =>
    expect(changesOf({ phone: '', idNumber: '', plate: '' }, shown, context)).toEqual({ phone: null }))

  it('of something new are what was filled in', () =>
    expect(fieldsOf({ name: '李秀英', phone: '', floor: '3' }, context)).toEqual({ name: '李秀英', floor: '3' }))
})

describe('an identity number', () => {
  it('tells birth date and sex where nothing is said of them', () => {
    const typed = { idNumber: '11010519491231002X' }
    expect(toldByNumber(typed, {}, context)).toEqual({ birthDate: '1949-12-31', sex: '2' })
    expect(toldByNumber({ ...typed, sex: '1' }, {}, context)).toEqual({ birthDate: '1949-12-31' })
    expect(toldByNumber(typed, { birthDate: { value: '1949-**-**', masked: true } }, context)).toEqual({ sex: '2' })
  })

  it('that is wrong or of a passport tells nothing', () => {
    expect(toldByNumber({ idNumber: '110105194912310021' }, {}, context)).toEqual({})
    expect(toldByNumber({ idType: '414', idNumber: 'E12345678' }, {}, context)).toEqual({})
  })
})
