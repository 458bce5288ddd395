import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')

function tokens(theme: 'light' | 'dark'): Map<string, string> {
  const start = css.indexOf(`[data-theme='${theme}'] {`)
  const block = css.slice(start, css.indexOf('}', start))
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name!, value!]))
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high! + 0.05) / (low! + 0.05)
}

const surfaces = ['ground', 'surface', 'raised']
const texts = ['text', 'text-2', 'text-3', 'accent']
const states = ['unclaimed', 'claimed', 'soon', 'overdue', 'done', 'neutral']

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const token = tokens(theme)

  it.each([...texts, ...states])('shows %s readably on every surface', (name) => {
    for (const surface of surfaces)
      expect(contrast(token.get(name)!, token.get(surface)!), surface).toBeGreaterThanOrEqual(4.5)
  })

  it('shows text readably on the accent colours and on a highlighted change', () => {
    expect(contrast(token.get('accent-text')!, token.get('accent')!)).toBeGreaterThanOrEqual(4.5)
    for (const name of ['text', 'text-2', 'accent', 'unclaimed', 'claimed', 'overdue'])
      for (const under of ['accent-soft', 'flash'])
        expect(contrast(token.get(name)!, token.get(under)!), `${name} on ${under}`).toBeGreaterThanOrEqual(4.5)
  })
})
