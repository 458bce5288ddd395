import type { Action } from '@/http/apiTypes'

/** Can be taken without a signal and sent later: it neither depends on what others do meanwhile nor hinders them. */
export const waits: ReadonlySet<Action> = new Set(['on-site', 'progress', 'resolve', 'explain', 'comment'])
