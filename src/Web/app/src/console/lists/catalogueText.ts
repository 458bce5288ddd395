import { isMap, isScalar, isSeq, parseDocument, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'

/**
 * Reads catalogue.yaml for its forms, and writes what they change into the text. Only the changed places are written anew, so that comments,
 * order and layout stay as somebody wrote them, and the comparison with the version in force shows the change alone.
 */

export interface Recipient {
  post: string
  at: string
  /** What the form doesn't show, as it is written: `when: office`. */
  rest: string
}

export const clockNames = ['respond', 'onSite', 'solve', 'reply', 'idle', 'close', 'pause', 'extension'] as const
export type Clock = (typeof clockNames)[number]

export interface CategoryForm {
  code: string
  name: string
  nameEn: string
  class: string
  classEn: string
  department: string
  clocks: Partial<Record<Clock, string>>
  recipients: Recipient[]
}

export interface PatrolForm {
  /** Empty for a line that is known by its place. */
  id: string
  name: string
  nameEn: string
  group: string
  groupEn: string
  category: string
  /** `true` where a photo is taken; empty where not. */
  photo: string
}

const texts = ['name', 'nameEn', 'class', 'classEn', 'department'] as const
const patrolKeys = ['id', 'name', 'nameEn', 'group', 'groupEn', 'category', 'photo'] as const

export const emptyRecipient = (): Recipient => ({ post: '', at: '', rest: '' })

export const emptyCategory = (): CategoryForm => ({
  code: '',
  name: '',
  nameEn: '',
  class: '',
  classEn: '',
  department: '',
  clocks: {},
  recipients: [emptyRecipient()],
})

export const emptyPatrol = (): PatrolForm => ({
  id: '',
  name: '',
  nameEn: '',
  group: '',
  groupEn: '',
  category: '',
  photo: '',
})

/** Null when the text isn't a catalogue that a form can show: the reader of the pack says why. */
export function readCatalogue(text: string): { categories: CategoryForm[]; checklist: PatrolForm[] } | null {
  const root = rootOf(text)
  if (!root) return null
  return {
    categories: maps(root, 'categories').map((one) => categoryOf(one, text)),
    checklist: maps(root, 'checklist').map(patrolOf),
  }
}

/** The text with another content of a category. What the form doesn't show stays. */
export function writeCategory(text: string, code: string, next: CategoryForm): string {
  const before = readCatalogue(text)?.categories.find((one) => one.code === code)
  if (!before) return text
  let changed = text
  const set = (key: string, value: string | null) => (changed = setKey(changed, code, key, value))
  for (const key of texts) if (next[key] !== before[key]) set(key, next[key] === '' ? null : plain(next[key]))
  if (flowOfClocks(next.clocks) !== flowOfClocks(before.clocks))
    set('clocks', clocksWithOthers(changed, code, next.clocks))
  if (flowOfRecipients(next.recipients) !== flowOfRecipients(before.recipients))
    set('recipients', flowOfRecipients(next.recipients))
  return changed
}

/** The text with a further category, after the last one of its class, or at the end. */
export function addCategory(text: string, next: CategoryForm): string {
  const root = rootOf(text)
  const list = root && sequence(root, 'categories')
  if (!list || list.items.length === 0) return text
  const items = list.items.filter(isMap)
  const after = items.findLast((one) => stringOf(one, 'class') === next.class) ?? items.at(-1)!
  const dash = dashIndent(text, after)
  const keys = ' '.repeat(dash + 2)
  const clocks = flowOfClocks(next.clocks)
  const lines = [
    `${' '.repeat(dash)}- code: ${plain(next.code)}`,
    ...texts.filter((key) => next[key] !== '').map((key) => `${keys}${key}: ${plain(next[key])}`),
    ...(clocks === '{}' ? [] : [`${keys}clocks: ${clocks}`]),
    `${keys}recipients: ${flowOfRecipients(next.recipients)}`,
  ]
  return insertAfter(text, after, lines.join('\n'))
}

/** The id that a line has by its place, unless the catalogue gives it one. */
export const placeId = (at: number): string => `item-${at + 1}`

/**
 * The text with a line of the checklist changed (`at` is its place), added (`at` is the number of lines), or removed (`line` is null). Lines
 * behind one that is removed keep the ids that they had by their places: what patrols have seen goes on meaning the same.
 */
export function writePatrol(text: string, at: number, line: PatrolForm | null): string {
  if (line) return writeLine(text, at, line)
  const lines = readCatalogue(text)?.checklist ?? []
  const named = lines.reduce(
    (kept, one, place) => (place > at && one.id === '' ? writeLine(kept, place, { ...one, id: placeId(place) }) : kept),
    text,
  )
  return writeLine(named, at, null)
}

function writeLine(text: string, at: number, line: PatrolForm | null): string {
  const root = rootOf(text)
  if (!root) return text
  const list = sequence(root, 'checklist')
  const item = list?.items[at]
  if (isMap(item)) {
    if (line) return replace(text, item, flowOfPatrol(line))
    return removeLines(text, item)
  }
  if (!line) return text
  const last = list?.items.at(-1)
  if (isMap(last)) return insertAfter(text, last, `${' '.repeat(dashIndent(text, last))}- ${flowOfPatrol(line)}`)
  const categories = root.items.find((pair) => keyOf(pair) === 'categories')
  const start = categories ? (categories.key as Node).range![0] : text.length
  return `${text.slice(0, start)}checklist:\n  - ${flowOfPatrol(line)}\n\n${text.slice(start)}`
}

function rootOf(text: string): YAMLMap | null {
  const document = parseDocument(text)
  return document.errors.length === 0 && isMap(document.contents) ? document.contents : null
}

const keyOf = (pair: Pair): string => (isScalar(pair.key) ? String(pair.key.value) : '')
const valueOf = (map: YAMLMap, key: string): Node | null =>
  (map.items.find((pair) => keyOf(pair) === key)?.value as Node | undefined) ?? null

/** A value as it is written: a form shows texts, and `007` is one. */
function stringOf(map: YAMLMap, key: string): string {
  const value = valueOf(map, key)
  return isScalar(value) ? (value.source ?? String(value.value ?? '')) : ''
}

const sequence = (map: YAMLMap, key: string): YAMLSeq | null => {
  const value = valueOf(map, key)
  return isSeq(value) ? value : null
}
const maps = (map: YAMLMap, key: string): YAMLMap[] => sequence(map, key)?.items.filter(isMap) ?? []

function categoryOf(map: YAMLMap, text: string): CategoryForm {
  const clocks = valueOf(map, 'clocks')
  return {
    code: stringOf(map, 'code'),
    name: stringOf(map, 'name'),
    nameEn: stringOf(map, 'nameEn'),
    class: stringOf(map, 'class'),
    classEn: stringOf(map, 'classEn'),
    department: stringOf(map, 'department'),
    clocks: isMap(clocks)
      ? Object.fromEntries(
          clockNames.flatMap((name) => (stringOf(clocks, name) ? [[name, stringOf(clocks, name)]] : [])),
        )
      : {},
    recipients: maps(map, 'recipients').map((one) => ({
      post: stringOf(one, 'post'),
      at: stringOf(one, 'at'),
      rest: one.items
        .filter((pair) => !['post', 'at'].includes(keyOf(pair)))
        .map((pair) => sourceOf(text, pair))
        .join(', '),
    })),
  }
}

const patrolOf = (map: YAMLMap): PatrolForm =>
  Object.fromEntries(patrolKeys.map((key) => [key, stringOf(map, key)])) as unknown as PatrolForm

function setKey(text: string, code: string, key: string, value: string | null): string {
  const map = maps(rootOf(text)!, 'categories').find((one) => stringOf(one, 'code') === code)!
  const pair = map.items.find((one) => keyOf(one) === key)
  if (map.flow) {
    const flow = map.items.filter((one) => one !== pair).map((one) => sourceOf(text, one))
    return replace(text, map, `{${[...flow, ...(value === null ? [] : [`${key}: ${value}`])].join(', ')}}`)
  }
  if (!pair) {
    if (value === null) return text
    const keys = ' '.repeat(columnOf(text, (map.items[0]!.key as Node).range![0]))
    return insertAfter(text, map.items.at(-1)!.value as Node, `${keys}${key}: ${value}`)
  }
  if (value !== null) return replace(text, pair.value as Node, value)
  const from = lineStart(text, (pair.key as Node).range![0])
  return text.slice(0, from) + text.slice(lineEnd(text, endOf(text, pair.value as Node)))
}

/** The clocks of the form, and beside them what it doesn't show, e.g. how often a case can be paused. */
function clocksWithOthers(text: string, code: string, clocks: CategoryForm['clocks']): string | null {
  const map = maps(rootOf(text)!, 'categories').find((one) => stringOf(one, 'code') === code)!
  const written = valueOf(map, 'clocks')
  const others = isMap(written)
    ? written.items.filter((one) => !clockNames.includes(keyOf(one) as Clock)).map((one) => sourceOf(text, one))
    : []
  const all = [...entriesOf(clocks), ...others]
  return all.length === 0 ? null : `{${all.join(', ')}}`
}

const sourceOf = (text: string, pair: Pair): string =>
  `${keyOf(pair)}: ${text.slice(...((pair.value as Node).range!.slice(0, 2) as [number, number]))}`

const entriesOf = (clocks: CategoryForm['clocks']): string[] =>
  clockNames.flatMap((name) => (clocks[name] ? [`${name}: ${plain(clocks[name])}`] : []))
const flowOfClocks = (clocks: CategoryForm['clocks']): string => `{${entriesOf(clocks).join(', ')}}`

const flowOfRecipients = (recipients: Recipient[]): string =>
  `[${recipients
    .map(({ post, at, rest }) => [post && `post: ${plain(post)}`, at && `at: ${plain(at)}`, rest].filter(Boolean))
    .filter((parts) => parts.length > 0)
    .map((parts) => `{${parts.join(', ')}}`)
    .join(', ')}]`

const flowOfPatrol = (line: PatrolForm): string =>
  `{${patrolKeys
    .filter((key) => line[key] !== '')
    // A flag in quotes would be a text, which is no flag.
    .map((key) => `${key}: ${key === 'photo' ? line[key] : plain(line[key])}`)
    .join(', ')}}`

/** A text as YAML: in quotes where it could be read as something else. */
export const plain = (value: string): string =>
  /^[\p{L}\p{N}][\p{L}\p{N} （）、。·/-]*(?<! )$/u.test(value) &&
  !/^([\d.eE+_-]+|true|false|yes|no|on|off|null|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value)

/** Where a node ends: one that is written in lines ends before the break of its last line. */
function endOf(text: string, node: Node): number {
  let end = node.range![1]
  while (end > node.range![0] && /\s/.test(text[end - 1]!)) end--
  return end
}

const replace = (text: string, node: Node, next: string): string =>
  text.slice(0, node.range![0]) + next + text.slice(endOf(text, node))

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}
const columnOf = (text: string, at: number): number => at - lineStart(text, at)

/** How far the dash of an item of a list is indented. */
function dashIndent(text: string, item: Node): number {
  const at = item.range![0]
  return text.lastIndexOf('-', at) - lineStart(text, at)
}

/** Puts lines after the last line of a node. */
function insertAfter(text: string, node: Node, lines: string): string {
  let last = node
  while (isMap(last) && !last.flow && last.items.length > 0) last = (last.items.at(-1)!.value as Node | null) ?? last
  const end = lineEnd(text, endOf(text, last))
  const head = text.slice(0, end)
  return `${head}${head.endsWith('\n') ? '' : '\n'}${lines}\n${text.slice(end)}`
}

const removeLines = (text: string, item: Node): string =>
  text.slice(0, lineStart(text, item.range![0])) + text.slice(lineEnd(text, endOf(text, item)))
