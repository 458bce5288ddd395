import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { words as board } from './board/words'
import { words as console } from './console/words'
import { words as field } from './field/words'
import { words as signin } from './signin/words'
import zh from './shared/messages/zh'

const app = import.meta.dirname
const known: Record<string, unknown> = Object.assign({}, zh, board.zh, console.zh, field.zh, signin.zh)

const isSaid = (key: string): boolean =>
  typeof key.split('.').reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], known) ===
  'string'

const asked = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key!)

describe('the words', () => {
  it.each(['board', 'console', 'field', 'shared', 'signin'])('that %s asks for by name are there', (folder) => {
    const files = readdirSync(join(app, folder), { recursive: true, encoding: 'utf8' })
    const sources = files.filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts'))
    const keys = new Set(sources.flatMap((name) => asked(join(app, folder, name))))
    expect([...keys].filter((key) => !isSaid(key))).toEqual([])
  })
})
