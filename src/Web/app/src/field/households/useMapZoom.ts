import { select } from 'd3-selection'
import { zoom, zoomIdentity } from 'd3-zoom'
import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

/** How far a map is moved and magnified. */
export interface MapZoom {
  transform: ShallowRef<{ k: number; apply: (point: [number, number]) => [number, number]; toString: () => string }>
  scaleBy: (factor: number) => void
}

const mostMagnified = 40

/** Moves and magnifies a map by fingers, wheel and mouse. Nothing can be moved out of sight. */
export function useMapZoom(svg: Ref<SVGSVGElement | null>, width: number, height: number): MapZoom {
  const transform: MapZoom['transform'] = shallowRef(zoomIdentity)
  const moving = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, mostMagnified])
    .extent([
      [0, 0],
      [width, height],
    ])
    .translateExtent([
      [0, 0],
      [width, height],
    ])
    .on('zoom', (event: { transform: MapZoom['transform']['value'] }) => (transform.value = event.transform))
  watch(svg, (element, before) => {
    if (before) select(before).on('.zoom', null)
    if (element) select(element).call(moving)
  })
  onScopeDispose(() => svg.value && select(svg.value).on('.zoom', null))
  return {
    transform,
    scaleBy: (factor) => svg.value && select(svg.value).call((map) => moving.scaleBy(map, factor)),
  }
}
