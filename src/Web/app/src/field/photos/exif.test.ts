import { expect, it } from 'vitest'
import { exifOf } from './exif'

/** A JPEG that is nothing but an EXIF block with time and place. */
function jpeg(takenAt: string, latitude: [number, number, number], south = false): ArrayBuffer {
  const tiff = new DataView(new ArrayBuffer(200))
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.setUint16(at, tag)
    tiff.setUint16(at + 2, type)
    tiff.setUint32(at + 4, count)
    tiff.setUint32(at + 8, value)
  }
  const put = (at: number, text: string) => [...text].forEach((c, n) => tiff.setUint8(at + n, c.charCodeAt(0)))
  tiff.setUint32(0, 0x4d4d002a)
  tiff.setUint32(4, 8)
  tiff.setUint16(8, 2)
  entry(10, 0x8769, 4, 1, 40)
  entry(22, 0x8825, 4, 1, 60)
  tiff.setUint16(40, 1)
  entry(42, 0x9003, 2, 20, 120)
  put(120, takenAt)
  tiff.setUint16(60, 4)
  entry(62, 1, 2, 2, (south ? 0x53 : 0x4e) << 24)
  entry(74, 2, 5, 3, 140)
  entry(86, 3, 2, 2, 0x45 << 24)
  entry(98, 4, 5, 3, 164)
  ;[...latitude, 113, 1, 12].forEach((value, n) => {
    tiff.setUint32(140 + n * 8, value)
    tiff.setUint32(144 + n * 8, 1)
  })
  const file = new DataView(new ArrayBuffer(220))
  file.setUint32(0, 0xffd8ffe1)
  file.setUint16(4, 208)
  file.setUint32(6, 0x45786966)
  new Uint8Array(file.buffer).set(new Uint8Array(tiff.buffer), 12)
  return file.buffer
}

it('reads when and where a photo was taken', () => {
  expect(exifOf(jpeg('2026:11:22 08:30:15', [27, 3, 0]))).toEqual({
    takenAt: '2026-11-22T08:30:15',
    position: { lon: 113.02, lat: 27.05 },
  })
  expect(exifOf(jpeg('2026:11:22 08:30:15', [27, 3, 0], true)).position?.lat).toBe(-27.05)
})

it('says nothing of what cannot be true or is not there', () => {
  expect(exifOf(jpeg('yesterday', [200, 0, 0]))).toEqual({})
  expect(exifOf(new ArrayBuffer(3))).toEqual({})
  expect(exifOf(new Uint8Array([0xff, 0xd8, 0xff, 0xd9, 0, 0, 0, 0, 0, 0, 0, 0, 0]).buffer)).toEqual({})
})
