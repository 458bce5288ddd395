import type { PostHolder } from '@/http/apiTypes'

export interface AccountRow {
  person: string
  name: string
  posts: PostHolder[]
}

/**
 * The people of an area, each once, that match what is typed. A whole account that isn't among them has a row too: whoever administers
 * may know it by heart, and people without a post stand in no area.
 */
export function accountRows(holders: PostHolder[], typed: string): AccountRow[] {
  const people = new Map<string, AccountRow>()
  for (const holder of holders) {
    const row = people.get(holder.person) ?? { person: holder.person, name: holder.name, posts: [] }
    people.set(holder.person, { ...row, posts: [...row.posts, holder] })
  }
  const wanted = typed.trim().toLowerCase()
  const found = [...people.values()].filter(({ person, name, posts }) =>
    [person, name, ...posts.flatMap((post) => [post.postName, post.postNameEn])].some((one) =>
      one.toLowerCase().includes(wanted),
    ),
  )
  const isAccount = /^[a-z0-9][a-z0-9-]*$/.test(wanted)
  return found.length === 0 && isAccount ? [{ person: wanted, name: wanted, posts: [] }] : found
}
