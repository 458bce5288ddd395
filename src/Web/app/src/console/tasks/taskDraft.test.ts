import { describe, expect, it } from 'vitest'
import { draftOf, emptyDraft, emptyRule, recurrenceOf, ruleDraftOf, taskOf } from './taskDraft'
import type { TaskDefinition, TaskTemplate } from '@/tasks/taskTypes'

const before = {
  title: '河道巡查',
  titleEn: '',
  text: '',
  kind: 'work',
  audience: { levels: ['grid'], posts: [], perHolder: false },
  checklist: [
    { id: 'litter', name: '垃圾', nameEn: '' },
    { id: 'item-1', name: '堤岸', nameEn: '' },
  ],
  photos: [],
  link: '',
  proof: 'photo',
  countName: '',
  minutes: null,
  remindBefore: '1wd',
} satisfies TaskDefinition

describe('the form of a task', () => {
  it('keeps the ids of items that stay, and makes new ones for the others', () => {
    const draft = { ...draftOf(before), checklist: '堤岸\n\n 排污口 \n垃圾' }
    expect(taskOf(draft, 'C', '+08:00', before).checklist).toEqual([
      { id: 'item-1', name: '堤岸' },
      { id: 'item-2', name: '排污口' },
      { id: 'litter', name: '垃圾' },
    ])
  })

  it('sends a moment on the clock of the pack, or a term', () => {
    const draft = { ...emptyDraft(), title: 'x', term: '3wd' }
    expect(taskOf(draft, 'C', '+08:00')).toMatchObject({ term: '3wd' })
    expect(taskOf({ ...draft, dueAt: '2026-11-27T18:00' }, 'C', '+08:00').dueAt).toBe('2026-11-27T18:00:00+08:00')
  })

  it('reads a recurrence and writes it again', () => {
    for (const recurrence of ['FREQ=WEEKLY;BYDAY=TU', 'FREQ=MONTHLY;BYMONTHDAY=15', 'FREQ=DAILY', 'FREQ=YEARLY'])
      expect(recurrenceOf(ruleDraftOf({ rule: { ...emptyRule(), recurrence } } as unknown as TaskTemplate))).toBe(
        recurrence,
      )
  })
})
