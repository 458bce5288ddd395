/**
 * Checks numbers as they are typed, by the rules of the service (src/Domain/Identifiers): both are tested with
 * tests/vectors/identifiers.json. The service has the last word; a mistake that is found here is found while the person can still ask.
 */

/** The codes of the service. */
export type WrongIdentifier =
  | 'masked'
  | 'number-lost'
  | 'identifier-length'
  | 'identifier-characters'
  | 'identifier-birth-date'
  | 'identifier-check-digit'
export type WrongValue = WrongIdentifier | 'not-a-phone' | 'several-phones' | 'not-a-plate'

export interface IdentifierCheck {
  canonical: string
  error: WrongIdentifier | null
  birthDate?: string
  /** By GB/T 2261.1. */
  sex?: '1' | '2'
}

/** A resident's identity card, a code of GA/T 517. */
export const residentCard = '111'
const temporaryCard = '112'
const permits = ['511', '516']
const foreignersCards = ['553', '554']
const longest = 40

/** A number without spaces, in Unicode's compatible form and in capitals, so that all ways to type it are the same. */
export const plain = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toUpperCase()

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'

/** The check character of GB 11643 for the first 17 digits (ISO 7064 MOD 11-2). */
export const checkCharacter = (digits: string): string =>
  checkCharacters[weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11]!

/** The day of eight digits, as 2026-11-25. Null when the calendar doesn't have it. */
function dayFrom(digits: string): string | null {
  const day = digits.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day >= '1800' ? day : null
}

function checkResidentId(number: string, today?: string): IdentifierCheck {
  // A letter is typed for the digit that looks like it.
  const canonical = number.replaceAll('O', '0').replaceAll('×', 'X').replaceAll('-', '')
  const wrong = (error: WrongIdentifier): IdentifierCheck => ({ canonical, error })
  if (canonical.includes('*')) return wrong('masked')
  if (canonical.includes('E+')) return wrong('number-lost')
  if (canonical.length !== 18 && canonical.length !== 15) return wrong('identifier-length')
  const isNew = canonical.length === 18
  if (!(isNew ? /^\d{17}[\dX]$/ : /^\d{15}$/).test(canonical)) return wrong('identifier-characters')
  const isCheckWrong = isNew && checkCharacter(canonical) !== canonical[17]
  // Excel keeps 15 digits of a number, and writes zeros for the rest.
  if (isCheckWrong && canonical.endsWith('000')) return wrong('number-lost')
  const birthDate = dayFrom(isNew ? canonical.slice(6, 14) : `19${canonical.slice(6, 12)}`)
  if (!birthDate || (today && birthDate > today)) return wrong('identifier-birth-date')
  if (isCheckWrong) return wrong('identifier-check-digit')
  return { canonical, error: null, birthDate, sex: Number(canonical[isNew ? 16 : 14]) % 2 === 1 ? '1' : '2' }
}

function checkOther(canonical: string): IdentifierCheck {
  const wrong = (error: WrongIdentifier): IdentifierCheck => ({ canonical, error })
  if (!/[\p{L}\p{Nd}]/u.test(canonical)) return wrong('identifier-characters')
  if (canonical.includes('*')) return wrong('masked')
  if (/^\d(\.\d+)?E\+\d+$/.test(canonical)) return wrong('number-lost')
  return [...canonical].length > longest ? wrong('identifier-length') : { canonical, error: null }
}

/** Checks a number by the type of its certificate, a code of GA/T 517. Without one it is taken for an identity card's. */
export function checkIdentifier(idType: string, typed: string, today?: string): IdentifierCheck {
  const text = plain(typed)
  const isResidentId =
    ['', residentCard, temporaryCard].includes(idType) ||
    (permits.includes(idType) && /^8[123]0000\d{11}[\dX]$/.test(text)) ||
    (foreignersCards.includes(idType) && /^9\d{16}[\dX]$/.test(text))
  return isResidentId ? checkResidentId(text, today) : checkOther(text)
}

const mobileWithCountry = /^86-?1[3-9][\d-]{9,}$/
const extensionOf = /(?:转|分机|EXT\.?|X|#|(?<=^0\d{2,3}-?[2-9]\d{6,7})-|(?<=^[2-9]\d{6,7})-)(\d{1,6})$/
const mobile = /^1[3-9]\d{9}$/
const landline = /^((0(10|2\d))?[2-9]\d{7}|(0[3-9]\d{2})?[2-9]\d{6,7}|[48]00\d{7})$/
const foreign = /^\+[1-9]\d{6,14}$/

/** A telephone number as it is kept: digits, `+` and the country's code for other countries, `-` before an extension. Null for none. */
export function normalPhone(typed: string): string | null {
  let text = plain(typed).replace(/[()（）[\].·—–_]/g, '')
  if (text.startsWith('00')) text = `+${text.slice(2)}`
  if (text.startsWith('+86')) text = text.slice(3)
  else if (mobileWithCountry.test(text)) text = text.slice(2)
  const found = extensionOf.exec(text)
  const number = found ? text.slice(0, found.index) : text
  const extension = found ? `-${found[1]}` : ''
  if (number.startsWith('+')) return foreign.test(number) ? number + extension : null
  const digits = number.replaceAll('-', '')
  if (mobile.test(digits)) return extension ? null : digits
  return landline.test(digits) ? digits + extension : null
}

/** Two numbers in one field, as many lists have them. */
export function areSeveralPhones(typed: string): boolean {
  const parts = typed.split(/[/、,，;；\s]+/).filter(Boolean)
  return parts.length > 1 && parts.every((part) => normalPhone(part) !== null)
}

const plate =
  /^([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]([A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳领]|[A-HJ-K][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJ-K])|使\d{6}|\d{6}使|WJ\p{L}?\d{4}[\dA-Z]|[A-Z]{2}\d{5})$/u

/** A number plate in capitals, without spaces and dots. Null for what is none. */
export function normalPlate(typed: string): string | null {
  const text = plain(typed).replace(/[·•.\-—]/g, '')
  // I and O aren't used after the place's letter: who typed one meant the digit.
  const meant = text.slice(0, 2) + text.slice(2).replaceAll('O', '0').replaceAll('I', '1')
  return plate.test(meant) ? meant : null
}
