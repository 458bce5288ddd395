export const longestEdge = 1920

export interface Size {
  width: number
  height: number
}

/** The size a photo is sent in: its longer edge at most `max`, its shape unchanged, never larger than it was. */
export function scaled({ width, height }: Size, max = longestEdge): Size {
  const factor = Math.min(1, max / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

/** Whether a photo has to be encoded again. A small JPEG would only lose quality. */
export function mustRedraw(size: Size, type: string, bytes: number): boolean {
  return type !== 'image/jpeg' || Math.max(size.width, size.height) > longestEdge || bytes > 1_500_000
}
