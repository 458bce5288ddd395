import type { Household } from '@/http/apiTypes'
import type { HouseholdJob } from './outboxEntry'

type Values = Record<string, string | null>

/** What stands now in the fields that a change is about. A masked value can't be compared. */
function valuesNow(one: Household, job: HouseholdJob): Values {
  const fields = job.resident ? one.residents.find(({ id }) => id === job.resident)?.fields : one.fields
  return Object.fromEntries(Object.keys(job.fields ?? {}).map((id) => [id, fields?.[id]?.value ?? null]))
}

/**
 * What becomes of a change that was written while somebody else changed the household. Whoever changed other fields isn't in the way: the
 * change goes on, on top of theirs. A field that both have changed, to different values, is left to a person.
 */
export function merge(job: HouseholdJob, now: Household): { job: HouseholdJob } | { meanwhile: Values } {
  const current = valuesNow(now, job)
  const meanwhile = Object.fromEntries(
    Object.entries(current).filter(
      ([id, value]) => value !== (job.before?.[id] ?? null) && value !== (job.fields?.[id] ?? null),
    ),
  )
  if (Object.keys(meanwhile).length > 0) return { meanwhile }
  return { job: { ...job, before: current, ifMatch: now.version } }
}

/** The change after a person has decided; null when nothing of it is left. It is sent on top of what stands there now, which they have seen. */
export function resolved(
  job: HouseholdJob,
  meanwhile: Values,
  chosen: Record<string, 'mine' | 'theirs'>,
): HouseholdJob | null {
  const fields = Object.fromEntries(Object.entries(job.fields ?? {}).filter(([id]) => chosen[id] !== 'theirs'))
  const rest = Object.keys(job.body).filter((name) => name !== 'fields')
  if (Object.keys(fields).length === 0 && rest.length === 0) return null
  return { ...job, fields, before: { ...job.before, ...meanwhile }, body: { ...job.body, fields } }
}
