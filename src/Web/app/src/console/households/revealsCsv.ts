import type { FieldsOf } from '@/households/useHouseholdRules'
import type { Reveal } from '@/http/apiTypes'
import { exact } from '@/time/packTime'

/** A cell: quoted where it must be, and never a formula, which a spreadsheet would work out. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The log as a spreadsheet, with the mark by which Excel knows that it is UTF-8. It says which fields were seen, never what stood in them. */
export function revealsCsv(
  reveals: Reveal[],
  headers: string[],
  fieldName: (id: string, of: FieldsOf) => string,
  unusual: string,
): string {
  const rows = reveals.map((one) => [
    exact(one.at),
    one.personName,
    one.person,
    one.areaName,
    one.household ?? one.place ?? one.export ?? '',
    one.residents.join(' '),
    one.fields.map((id) => fieldName(id, one.place ? 'place' : 'resident')).join('、'),
    one.purposeName,
    one.address,
    one.unusual ? unusual : '',
  ])
  return '\uFEFF' + [headers, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}
