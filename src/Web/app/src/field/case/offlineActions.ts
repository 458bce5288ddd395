import type { Action } from '@/http/apiTypes'

/** Steps that may be sent later, because they don't depend on what others do in the meantime. */
export const waits: ReadonlySet<Action> = new Set([
  'on-site',
  'progress',
  'resolve',
  'explain',
  'comment',
  'pause',
  'extension',
])
