import { client } from '@/http/client'
import { ApiError } from '@/http/httpClient'
import type { OwedPhoto } from '../photos/owedPhotos'
import type { Announced } from './outbox'

/** How far the upload of a photo is, as the service tells it. */
interface Progress {
  id: string
  received: number
  there: boolean
  mayBeShown: boolean
  problem?: string | null
}

/** So small that a line which drops every few seconds brings some through, and so large that a slow one isn't kept waiting for answers. */
const pieceSize = 128 * 1024

const notOurs = (): ApiError => new ApiError(0, 'offline', '')

/** An announcement that this service doesn't know: it is older than this page. */
const isOlder = (error: unknown): boolean => error instanceof ApiError && [404, 405].includes(error.status)

export async function announce(photos: OwedPhoto[]): Promise<Announced[] | null> {
  try {
    const answers = await progressOf(photos)
    return answers.map(({ id, there, mayBeShown }) => ({ id, isThere: there, mayBeShown }))
  } catch (error) {
    if (isOlder(error)) return null
    throw error
  }
}

async function progressOf(photos: OwedPhoto[]): Promise<Progress[]> {
  const answer = await client.post<{ photos: Progress[] }>('/api/photos/uploads', {
    photos: photos.map(({ id, size, original }) => ({
      id,
      size,
      ...(original && { originalHash: original.hash }),
      ...(original?.takenAt && { takenAt: original.takenAt }),
      ...(original?.position && { position: original.position }),
    })),
  })
  // The login page of a public network answers every request with 200.
  if (!Array.isArray(answer?.photos)) throw notOurs()
  return answer.photos
}

/** Sends what the service doesn't have yet, piece by piece, until it says that the photo is there: that its bytes have the photo's hash. */
export async function uploadPieces(photo: OwedPhoto, bytes: ArrayBuffer): Promise<void> {
  // Where an earlier attempt broke off is known to the service alone.
  let offset = photo.begun || !photo.announced ? await receivedOf(photo) : 0
  let standstills = 0
  while (offset !== null) {
    const piece = new Blob([bytes.slice(offset, offset + pieceSize)])
    const now: Progress = await client.write<Progress>('PATCH', `/api/photos/uploads/${photo.id}`, undefined, {
      piece: { bytes: piece, offset },
    })
    if (now?.id !== photo.id) throw notOurs()
    // A service that wants the same again and again would go round for ever.
    if (now.received <= offset && ++standstills > 2) throw new ApiError(503, 'unavailable', '')
    offset = now.there ? null : now.received
  }
}

/** How much of a photo has arrived; null when all of it has. */
async function receivedOf(photo: OwedPhoto): Promise<number | null> {
  const [now] = await progressOf([photo])
  if (!now) throw notOurs()
  if (now.problem) throw new ApiError(429, now.problem, '')
  return now.there ? null : now.received
}
