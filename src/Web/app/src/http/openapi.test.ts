import { readFile } from 'node:fs/promises'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'
import { expect, it } from 'vitest'

const here = (name: string) => new URL(name, import.meta.url)

it('openapi.ts is generated from openapi.json (run: npm run types)', async () => {
  const types = COMMENT_HEADER + astToString(await openapiTS(here('./openapi.json')))
  expect(await readFile(here('./openapi.ts'), 'utf8')).toBe(types)
})
