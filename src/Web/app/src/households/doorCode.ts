import { withBase } from '@/ui/basePath'

/**
 * A door's code leads to who lives behind it by an id that says nothing of them: `/m/households?door={id}`, the dwelling's or the
 * household's. Without a library, only a browser that reads codes itself can scan one.
 */
export const doorAddress = (id: string): string => `${location.origin}${withBase(`/m/households?door=${id}`)}`

interface Detector {
  detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]>
}
interface DetectorType {
  new (options: { formats: string[] }): Detector
  getSupportedFormats?: () => Promise<string[]>
}

const detectorType = (): DetectorType | undefined => (globalThis as { BarcodeDetector?: DetectorType }).BarcodeDetector

export async function canScan(): Promise<boolean> {
  const type = detectorType()
  if (!type || !navigator.mediaDevices) return false
  const formats = (await type.getSupportedFormats?.().catch(() => [])) ?? ['qr_code']
  return formats.includes('qr_code')
}

/** The id in what a code says: our own address, at whatever host, or the id alone. Null when it is something else. */
export function doorOf(scanned: string): string | null {
  const text = scanned.trim()
  const id = /[?&]door=([^&#]+)/.exec(text)?.[1] ?? text
  const digits = id.replaceAll('-', '').toLowerCase()
  return /^[0-9a-f]{32}$/.test(digits) ? digits : null
}

/** Looks through the camera until a code of a door is seen, or `signal` ends it. */
export async function scanDoor(video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
  const type = detectorType()
  if (!type) return null
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  try {
    const detector = new type({ formats: ['qr_code'] })
    video.srcObject = stream
    await video.play()
    while (!signal.aborted) {
      const codes = await detector.detect(video).catch(() => [])
      const door = codes.map(({ rawValue }) => doorOf(rawValue)).find((one) => one !== null)
      if (door) return door
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    return null
  } finally {
    for (const track of stream.getTracks()) track.stop()
    video.srcObject = null
  }
}
