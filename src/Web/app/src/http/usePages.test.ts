import { expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import type { Page } from './apiTypes'
import { usePages } from './usePages'

/** Watchers have run, and answers have arrived. */
const flushPromises = () => new Promise((resolve) => setTimeout(resolve))
const page = (items: string[], next: string | null = null): Page<string> => ({ items, next })

it('appends the pages that follow, and begins anew when the source changes', async () => {
  const state = ref('open')
  const pages = effectScope().run(() =>
    usePages(state, (value, cursor) => Promise.resolve(page([`${value} ${cursor ?? 0}`], cursor ? null : '1'))),
  )!
  await flushPromises()
  expect(pages.items.value).toEqual(['open 0'])
  expect(pages.hasMore.value).toBe(true)

  await pages.more()
  expect(pages.items.value).toEqual(['open 0', 'open 1'])
  expect(pages.hasMore.value).toBe(false)

  state.value = 'closed'
  await flushPromises()
  expect(pages.items.value).toEqual(['closed 0'])
})

it('drops an answer that comes after the source has changed', async () => {
  const state = ref('slow')
  let answer: (late: Page<string>) => void = () => {}
  const slow = new Promise<Page<string>>((resolve) => (answer = resolve))
  const pages = effectScope().run(() =>
    usePages(state, (value) => (value === 'slow' ? slow : Promise.resolve(page([value])))),
  )!
  state.value = 'quick'
  await flushPromises()
  answer(page(['slow']))
  await flushPromises()
  expect(pages.items.value).toEqual(['quick'])
})
