import type { KeptPhoto } from '../outbox/outboxEntry'
import { originalOf } from './exif'
import { mustRedraw, scaled } from './photoSize'

/**
 * The photo as it is sent: at most 1920 pixels, upright, JPEG; with what its original says of where and when it was taken. Throws when the
 * file is no picture.
 */
export async function shrink(file: Blob): Promise<KeptPhoto> {
  const [picture, original] = await Promise.all([decode(file), originalOf(file)])
  try {
    const sent = mustRedraw(picture, file.type, file.size) ? await redraw(picture) : file
    return { bytes: await sent.arrayBuffer(), type: sent.type, id: null, original }
  } finally {
    if ('close' in picture) picture.close()
  }
}

async function decode(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  // Rotated as the camera was held, because the sent picture has no orientation tag.
  if ('createImageBitmap' in window) return createImageBitmap(file, { imageOrientation: 'from-image' })
  const image = new Image()
  image.src = URL.createObjectURL(file)
  try {
    await image.decode()
  } finally {
    URL.revokeObjectURL(image.src)
  }
  return image
}

function redraw(picture: ImageBitmap | HTMLImageElement): Promise<Blob> {
  const { width, height } = scaled(picture)
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')!
  // Transparent parts would turn black in a JPEG.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', 0.8),
  )
}
