import type { AreaFeature, Ring } from '@/http/apiTypes'

export interface Shape {
  code: string
  path: string
  /** The point of the shape with the most room around it, and the width and height of the shape there. */
  x: number
  y: number
  width: number
  height: number
}

type Point = [number, number]

/**
 * Places the children of an area in a box: by their boundaries where the pack has them, else as even tiles. Children without a
 * boundary among others that have one stand as a row of tiles beneath. Shapes that stand for no real border may be stretched to fill
 * the box.
 */
export function placeChildren(
  codes: string[],
  features: AreaFeature[],
  width: number,
  height: number,
  stretch = false,
): Shape[] {
  const known = new Set(codes)
  const drawn = features.filter((feature) => known.has(feature.properties.code))
  if (drawn.length === 0) return tiles(codes, 0, 0, width, height)
  const shown = new Set(drawn.map((feature) => feature.properties.code))
  const rest = codes.filter((code) => !shown.has(code))
  const strip = rest.length > 0 ? Math.max(44, height * 0.12) : 0
  return [...polygons(drawn, width, height - strip, stretch), ...tiles(rest, 0, height - strip + 6, width, strip - 6)]
}

function tiles(codes: string[], left: number, top: number, width: number, height: number): Shape[] {
  if (codes.length === 0 || width <= 0 || height <= 0) return []
  const gap = Math.max(4, Math.min(width, height) * 0.012)
  const columns = bestColumns(codes.length, width, height)
  const rows = Math.ceil(codes.length / columns)
  const high = (height - gap * (rows - 1)) / rows
  return codes.map((code, index) => {
    const row = Math.floor(index / columns)
    const inRow = row === rows - 1 ? codes.length - columns * row : columns
    // The last row fills the width too, because a hole would look like a missing area.
    const wide = (width - gap * (inRow - 1)) / inRow
    const x = left + (index - row * columns) * (wide + gap)
    const y = top + row * (high + gap)
    const path = `M${round(x)} ${round(y)}h${round(wide)}v${round(high)}h${round(-wide)}z`
    return { code, path, x: x + wide / 2, y: y + high / 2, width: wide, height: high }
  })
}

function bestColumns(count: number, width: number, height: number): number {
  let best = 1
  let bestScore = Infinity
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    const aspect = width / columns / (height / rows)
    const empty = rows * columns - count
    const score = Math.abs(Math.log(aspect / 1.5)) + empty / count / 2
    if (score < bestScore) [best, bestScore] = [columns, score]
  }
  return best
}

function polygons(features: AreaFeature[], width: number, height: number, stretch: boolean): Shape[] {
  const shapes = features.map((feature) => ({ code: feature.properties.code, rings: ringsOf(feature) }))
  const { project } = fit(
    shapes.flatMap(({ rings }) => rings.flat()),
    width,
    height,
    stretch,
  )
  return shapes.map(({ code, rings }) => {
    const placed = rings.map((ring) => ring.map(project))
    const path = pathOf(placed)
    return { code, path, ...roomiest(placed) }
  })
}

function ringsOf({ geometry }: AreaFeature): Ring[] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
}

/** Draws shapes and points of one small map: the outline of each feature, and where a position lies among them. */
export function drawPlaces(features: AreaFeature[], width: number, height: number) {
  const shapes = features.map((feature) => ({ code: feature.properties.code, rings: ringsOf(feature) }))
  const { project, unproject } = fit(
    shapes.flatMap(({ rings }) => rings.flat()),
    width,
    height,
  )
  return {
    shapes: shapes.map(({ code, rings }) => ({ code, path: pathOf(rings.map((ring) => ring.map(project))) })),
    point: (lon: number, lat: number) => project([lon, lat]),
    place: (x: number, y: number) => unproject([x, y]),
  }
}

const pathOf = (rings: Point[][]): string =>
  rings.map((ring) => `M${ring.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}z`).join('')

const maxStretch = 2.2

/** An equirectangular projection at the middle latitude, which is exact enough for a county. North is up. */
function fit(points: Point[], width: number, height: number, stretch = false) {
  const [west, east] = range(points, 0)
  const [south, north] = range(points, 1)
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const margin = 4
  const across = (width - 2 * margin) / Math.max(1e-9, (east - west) * narrow)
  const down = (height - 2 * margin) / Math.max(1e-9, north - south)
  const maxScale = Math.min(across, down) * (stretch ? maxStretch : 1)
  const scaleX = Math.min(across, maxScale) * narrow
  const scaleY = Math.min(down, maxScale)
  const left = (width - (east - west) * scaleX) / 2
  const top = (height - (north - south) * scaleY) / 2
  return {
    project: ([lon, lat]: Point): Point => [left + (lon - west) * scaleX, top + (north - lat) * scaleY],
    unproject: ([x, y]: Point): Point => [west + (x - left) / scaleX, north - (y - top) / scaleY],
  }
}

function range(points: Point[], axis: 0 | 1): [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const point of points) {
    low = Math.min(low, point[axis])
    high = Math.max(high, point[axis])
  }
  return [low, high]
}

/** The place for a label: of a coarse grid of points, the one farthest from the edges, with a preference for central points. */
function roomiest(rings: Point[][]): Pick<Shape, 'x' | 'y' | 'width' | 'height'> {
  const outer = rings.reduce((largest, ring) => (area(ring) > area(largest) ? ring : largest))
  const [left, right] = range(outer, 0)
  const [top, bottom] = range(outer, 1)
  const steps = 16
  let best: Point = [(left + right) / 2, (top + bottom) / 2]
  let [depth, score] = [0, -Infinity]
  for (let i = 1; i < steps; i++)
    for (let j = 1; j < steps; j++) {
      const point: Point = [left + ((right - left) * i) / steps, top + ((bottom - top) * j) / steps]
      if (!inside(point, rings)) continue
      const distance = edgeDistance(point, rings)
      const away = Math.abs(i / steps - 0.5) + Math.abs(j / steps - 0.5)
      if (distance * (1 - away * 0.12) > score) [best, depth, score] = [point, distance, distance * (1 - away * 0.12)]
    }
  return { x: best[0], y: best[1], width: chord(best, rings), height: depth * 2 }
}

const pairs = (ring: Point[]): [Point, Point][] => ring.map((point, i) => [point, ring[(i + 1) % ring.length]!])

function area(ring: Point[]): number {
  return Math.abs(pairs(ring).reduce((sum, [[ax, ay], [bx, by]]) => sum + ax * by - bx * ay, 0)) / 2
}

function crossings(y: number, rings: Point[][]): number[] {
  const found: number[] = []
  for (const ring of rings)
    for (const [[ax, ay], [bx, by]] of pairs(ring))
      if (ay > y !== by > y) found.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
  return found
}

const inside = ([x, y]: Point, rings: Point[][]): boolean => crossings(y, rings).filter((at) => at > x).length % 2 === 1

/** The width of the shape at a point: twice the distance to the nearer edge on the left or right. */
function chord([x, y]: Point, rings: Point[][]): number {
  const all = crossings(y, rings)
  const right = Math.min(...all.filter((at) => at > x))
  const left = Math.max(...all.filter((at) => at <= x))
  return Number.isFinite(right - left) ? 2 * Math.min(right - x, x - left) : 0
}

function edgeDistance([x, y]: Point, rings: Point[][]): number {
  let nearest = Infinity
  for (const ring of rings)
    for (const [[ax, ay], [bx, by]] of pairs(ring)) {
      const [dx, dy] = [bx - ax, by - ay]
      const length = dx * dx + dy * dy
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length))
      nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy))
    }
  return nearest
}

const round = (value: number): number => Math.round(value * 10) / 10
