import { api } from '@/http/api'
import type { AreaMap } from '@/http/apiTypes'

export interface NearestMap {
  map: AreaMap
  /** The child on the way to the area, when the map isn't the area's own. */
  inside: string | undefined
}

/** The map with boundaries that is nearest to an area, which stands last in `path`. The search goes upwards and ends at `ownAreas`, if given. */
export async function nearestMap(path: string[], ownAreas?: ReadonlySet<string>): Promise<NearestMap | null> {
  const top = Math.max(
    0,
    path.findIndex((code) => ownAreas?.has(code)),
  )
  for (let index = path.length - 1; index >= top; index--) {
    const map = await api.areaMap(path[index]!).catch(() => null)
    if (!map) return null
    if (map.features.length > 0) return { map, inside: path[index + 1] }
  }
  return null
}
