import { describe, expect, it } from 'vitest'
import { areOwned, newTask, tasksOf, toneOfTask } from './tasks'

describe('tasks of a decision', () => {
  it('go to a person or to a post, and empty ones are left out', () => {
    const drafts = [
      { text: ' 架桥 ', owner: 'post:desk-transport', term: '3wd' },
      { text: '清障', owner: 'person:br-v-01', term: '1wd' },
      newTask(),
    ]
    expect(tasksOf(drafts)).toEqual([
      { text: '架桥', post: 'desk-transport', term: '3wd' },
      { text: '清障', person: 'br-v-01', term: '1wd' },
    ])
  })

  it('need an owner each', () => {
    expect(areOwned([newTask()])).toBe(true)
    expect(areOwned([{ ...newTask(), text: '架桥' }])).toBe(false)
  })
})

describe('the tone of a task', () => {
  it.each([
    [{ done: null, overdue: false }, 'soon'],
    [{ done: null, overdue: true }, 'overdue'],
    [{ done: true, overdue: false }, 'done'],
    [{ done: false, overdue: false }, 'neutral'],
  ] as const)('of %o is %s', (task, tone) => expect(toneOfTask(task)).toBe(tone))
})
