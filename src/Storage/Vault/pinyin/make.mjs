// Writes initials.txt anew: "npm install --no-save pinyin-pro@3.29.4 && node make.mjs" in this folder. README.md says what the file is.
import { writeFileSync } from 'node:fs'
import { pinyin } from 'pinyin-pro'

// The blocks of Han characters: 〇, extension A, the basic block, and extensions B to H, which are outside the basic plane.
const blocks = [
  [0x3007, 0x3007],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0x20000, 0x323af],
]

// Characters of names that the dictionary doesn't have.
const missing = { '𠮷': 'j' }

const byInitials = new Map()
for (const [first, last] of blocks)
  for (let point = first; point <= last; point++) {
    const character = String.fromCodePoint(point)
    const options = { type: 'array', toneType: 'none', nonZh: 'removed' }
    const readings = [...pinyin(character, { ...options, multiple: true }), ...pinyin(character, { ...options, mode: 'surname' })]
    const letters = readings.map((reading) => reading.normalize('NFD')[0]).filter((letter) => /^[a-z]$/.test(letter ?? ''))
    const initials = [...new Set(letters)].sort().join('') || missing[character]
    if (initials) byInitials.set(initials, (byInitials.get(initials) ?? '') + character)
  }

const lines = [...byInitials].sort(([a], [b]) => (a < b ? -1 : 1)).map(([initials, characters]) => `${initials} ${characters}\n`)
writeFileSync(new URL('initials.txt', import.meta.url), lines.join(''))
