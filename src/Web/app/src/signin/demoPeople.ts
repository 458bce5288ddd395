import type { DemoPerson } from '@/http/apiTypes'

export interface OfferedPack {
  id: string
  name: string
  nameEn: string
  posts: { id: string; name: string; nameEn: string; people: DemoPerson[] }[]
}

/** The demo people who match what is typed, by pack and post in the server's order. */
export function groupPeople(people: DemoPerson[], words: string): OfferedPack[] {
  const wanted = words.trim().toLowerCase()
  const packs = new Map<string, OfferedPack>()
  for (const person of people) {
    const text = [
      person.name,
      person.account,
      person.packName,
      person.packNameEn,
      person.postName,
      person.postNameEn,
      person.areaName,
    ]
    if (wanted && !text.join(' ').toLowerCase().includes(wanted)) continue
    const pack = packs.get(person.pack) ?? {
      id: person.pack,
      name: person.packName,
      nameEn: person.packNameEn || person.packName,
      posts: [],
    }
    packs.set(person.pack, pack)
    let post = pack.posts.find((known) => known.id === person.post)
    if (!post) {
      post = { id: person.post, name: person.postName, nameEn: person.postNameEn || person.postName, people: [] }
      pack.posts.push(post)
    }
    post.people.push(person)
  }
  return [...packs.values()]
}
