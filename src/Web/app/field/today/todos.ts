import type { InboxChange, InboxItem, InboxRole, Step } from '@/shared/api'

/** An item where it stands on the screen: it stays in its list for a moment after it has moved on, with who moved it. */
export interface Todo {
  list: InboxRole
  role: InboxRole | 'gone'
  unread: boolean
  case: InboxItem['case']
  moved: { step: Step; byName: string; byMe: boolean } | null
}

export const lists: InboxRole[] = ['offered', 'mine', 'watching', 'reported']

export const todoOf = (item: InboxItem): Todo => ({
  list: item.role,
  role: item.role,
  unread: item.unread,
  case: item.case,
  moved: null,
})

/** The list after a change; a change older than what is shown is ignored. */
export function applied(todos: Todo[], change: InboxChange, me: string): Todo[] {
  const known = todos.find((todo) => todo.case.id === change.case.id)
  if (!known) {
    if (change.role === 'gone') return todos
    return [...todos, { list: change.role, role: change.role, unread: change.unread, case: change.case, moved: null }]
  }
  if (change.case.version < known.case.version) return todos
  const moved = change.role === known.list ? null : { step: change.step, byName: change.byName, byMe: change.by === me }
  const next: Todo = { ...known, role: change.role, unread: change.unread, case: change.case, moved }
  return todos.map((todo) => (todo === known ? next : todo))
}

/** Everything goes where it belongs by now. Done when no finger is on the list. */
export function settled(todos: Todo[]): Todo[] {
  return todos.flatMap((todo) => {
    if (!todo.moved) return [todo]
    return todo.role === 'gone' ? [] : [{ ...todo, list: todo.role, moved: null }]
  })
}

const since = (todo: Todo): number =>
  Date.parse(
    todo.list === 'mine' || todo.list === 'watching'
      ? (todo.case.claimedAt ?? todo.case.reportedAt)
      : todo.case.reportedAt,
  )

/** What waits longest stands first where something has to be done; the latest first where one only looks on. */
export function inList(todos: Todo[], list: InboxRole): Todo[] {
  const oldestFirst = list === 'offered' || list === 'mine'
  return todos
    .filter((todo) => todo.list === list)
    .sort((a, b) => (oldestFirst ? since(a) - since(b) : since(b) - since(a)))
}
