import type { PhotoOriginal } from '../outbox/outboxEntry'
import { sha256 } from './sha256'

/** What is lost when a photo is made small: its hash, and when and where its camera says that it was taken. */
export async function originalOf(file: Blob): Promise<PhotoOriginal> {
  const bytes = await file.arrayBuffer()
  const hash = await sha256(bytes)
  try {
    return { hash, ...exifOf(bytes) }
  } catch {
    // A block that ends in the middle says nothing.
    return { hash }
  }
}

/** Reads time and place from the EXIF block of a JPEG; what isn't plausible isn't there. */
export function exifOf(bytes: ArrayBuffer): Omit<PhotoOriginal, 'hash'> {
  const start = exifStart(new DataView(bytes))
  if (start === null) return {}
  const view = new DataView(bytes, start)
  const little = view.getUint16(0) === 0x4949
  const u16 = (at: number) => view.getUint16(at, little)
  const u32 = (at: number) => view.getUint32(at, little)
  /** Where the value of a tag stands: in the entry, or where it points. */
  const find = (directory: number, tag: number, size: number): number | null => {
    if (directory === 0) return null
    for (let n = 0; n < u16(directory); n++) {
      const entry = directory + 2 + n * 12
      if (u16(entry) === tag) return size > 4 ? u32(entry + 8) : entry + 8
    }
    return null
  }
  const pointed = (tag: number): number => {
    const at = find(u32(4), tag, 4)
    return at === null ? 0 : u32(at)
  }
  const text = (at: number, length: number): string =>
    String.fromCharCode(...new Uint8Array(bytes, start + at, length)).replace(/\0.*$/s, '')
  const degrees = (directory: number, tag: number, referenceTag: number): number | null => {
    const [at, reference] = [find(directory, tag, 24), find(directory, referenceTag, 2)]
    if (at === null || reference === null) return null
    const [d, m, s] = [0, 8, 16].map((offset) => u32(at + offset) / u32(at + offset + 4)) as [number, number, number]
    const angle = d + m / 60 + s / 3600
    return /[SW]/.test(text(reference, 1)) ? -angle : angle
  }

  const takenAt = find(pointed(0x8769), 0x9003, 20)
  const written = takenAt === null ? null : /^(\d{4})[:-](\d\d)[:-](\d\d) (\d\d:\d\d:\d\d)/.exec(text(takenAt, 20))
  const gps = pointed(0x8825)
  const [lat, lon] = [degrees(gps, 2, 1), degrees(gps, 4, 3)]
  const isPlace =
    lat !== null && lon !== null && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && !(lat === 0 && lon === 0)
  return {
    ...(written && { takenAt: `${written[1]}-${written[2]}-${written[3]}T${written[4]}` }),
    ...(isPlace && { position: { lon, lat } }),
  }
}

/** Where the TIFF block of a JPEG begins. */
function exifStart(view: DataView): number | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at)
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return at + 10
    if (marker < 0xff01 || marker === 0xffda) return null
  }
  return null
}
