/** What boards count of the field work, rolled up. */
export interface DutyCounts {
  onDuty: number
  onPatrol: number
  checkInsToday: number
  visitsToday: number
  patrolsToday: number
  /** Households whose visit is due within the week; null where the place keeps no ledger. */
  visitsDue: number | null
  /** Of them, those that were visited. */
  visitsDone: number | null
}

/** What boards count of the tasks that were sent down. */
export interface TaskCounts {
  open: number
  doneToday: number
  late: number
}

type Counted = { duty?: DutyCounts | null; tasks?: TaskCounts | null } | undefined

/** Null where the place counts no field work. */
export const dutyOf = (counts: object | undefined): DutyCounts | null => (counts as Counted)?.duty ?? null

/** Null where no tasks are sent. */
export const tasksOf = (counts: object | undefined): TaskCounts | null => (counts as Counted)?.tasks ?? null
