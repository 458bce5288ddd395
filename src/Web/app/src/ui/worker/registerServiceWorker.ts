/** Registers the service worker, which exists in builds and is allowed on secure pages only. It serves the page without a signal, never an answer of the server. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener(
    'load',
    () => void navigator.serviceWorker.register('/m-sw.js', { scope: '/m' }).catch(() => {}),
  )
}
