import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { kinds } from './accessKinds'
import { messages } from './messages'

const api = readFileSync(resolve(import.meta.dirname, '../../../../../../docs/api.md'), 'utf8')

it('has a name for every kind of entry that the journal records', () => {
  const table = api.slice(api.indexOf('| kind | recorded when |')).split('\n\n')[0]!
  const recorded = table
    .split('\n')
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)].map(([, kind]) => kind!))
  expect(recorded).toContain('sign-in')
  expect(recorded.filter((kind) => !kinds.some((known) => known === kind))).toEqual([])
  for (const words of [messages.zh, messages.en])
    expect(kinds.filter((kind) => !(kind in words.admin.access.kinds))).toEqual([])
})
