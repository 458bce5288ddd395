import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { messages as board } from '@/board/messages'
import { messages as admin } from '@/console/admin/messages'
import { messages as cards } from '@/console/cards/messages'
import { messages as fieldDesk } from '@/console/field/messages'
import { messages as imports } from '@/console/households/import/messages'
import { messages as households } from '@/console/households/messages'
import { messages as reassign } from '@/console/households/reassign/messages'
import { messages as requests } from '@/console/households/requests/messages'
import { messages as lists } from '@/console/lists/messages'
import { messages as places } from '@/console/places/messages'
import { messages as console } from '@/console/messages'
import { messages as surveys } from '@/console/surveys/messages'
import { messages as tasks } from '@/console/tasks/messages'
import { messages as field } from '@/field/messages'
import { messages as answer } from '@/answer/messages'
import { messages as register } from '@/register/messages'
import { messages as signin } from '@/signin/messages'
import zh from './messages/zh'

const source = resolve(import.meta.dirname, '..')
const folders = readdirSync(source, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))
const known: Record<string, unknown> = Object.assign(
  {},
  zh,
  admin.zh,
  board.zh,
  cards.zh,
  console.zh,
  households.zh,
  imports.zh,
  lists.zh,
  surveys.zh,
  tasks.zh,
  places.zh,
  reassign.zh,
  requests.zh,
  field.zh,
  answer.zh,
  register.zh,
  signin.zh,
  fieldDesk.zh,
)

const isDefined = (key: string): boolean =>
  typeof key.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], known) ===
  'string'

const keysUsedIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key!)

describe('messages', () => {
  it.each(folders)('keys that %s uses are defined', (folder) => {
    const files = readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
    const sources = files.filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts'))
    const keys = new Set(sources.flatMap((name) => keysUsedIn(join(source, folder, name))))
    expect([...keys].filter((key) => !isDefined(key))).toEqual([])
  })
})
