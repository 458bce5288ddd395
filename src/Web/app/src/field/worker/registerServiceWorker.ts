/** Only what was built has a worker, and only secure pages may have one. It serves the page itself without a signal, never an answer of the server. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener(
    'load',
    () => void navigator.serviceWorker.register('/m-sw.js', { scope: '/m' }).catch(() => {}),
  )
}
