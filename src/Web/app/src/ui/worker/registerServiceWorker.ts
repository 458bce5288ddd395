import { withBase } from '../basePath'

/** Registers the service worker, which exists in builds and is allowed on secure pages only. It serves the page while the service can't be reached, never an answer of the service. */
export function registerWorker(scope: '/m' | '/board'): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener(
    'load',
    () => void navigator.serviceWorker.register(withBase('/sw.js'), { scope: withBase(scope) }).catch(() => {}),
  )
}
