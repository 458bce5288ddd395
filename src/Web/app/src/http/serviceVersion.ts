import { shallowRef, type ShallowRef } from 'vue'
import { withBase } from '@/ui/basePath'

const version = shallowRef('')
let reading: Promise<void> | null = null

/** The version of the running service; empty while it isn't known. It is read once per window. */
export function useServiceVersion(): Readonly<ShallowRef<string>> {
  reading ??= readServiceVersion(fetch).then((read) => {
    version.value = read
    // Without an answer, the next component that shows the version asks again.
    if (!read) reading = null
  })
  return version
}

/** Empty when the service can't be reached, or when it answers without a version. */
export async function readServiceVersion(get: (url: string) => Promise<Response>): Promise<string> {
  try {
    const body: unknown = await (await get(withBase('/health/live'))).json()
    return typeof body === 'object' && body && 'version' in body ? String(body.version) : ''
  } catch {
    return ''
  }
}
