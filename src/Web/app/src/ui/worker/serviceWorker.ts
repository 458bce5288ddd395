/// <reference lib="webworker" />
/**
 * Caches the page under /m, its html and the files it needs, so that the page opens without a signal. Every other request goes to the
 * network: answers of /api and /hubs are never cached.
 */
const worker = self as unknown as ServiceWorkerGlobalScope

/** Written by the build: the files of this page, and a name that changes with them. */
declare const __SHELL__: { name: string; files: string[] }
const shell = __SHELL__
const page = '/m.html'
const patience = 3000

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(shell.name).then((cache) => cache.addAll([page, ...shell.files])))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith('field-') && name !== shell.name) await caches.delete(name)
      await worker.clients.claim()
    })(),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    if (url.pathname === '/m' || url.pathname.startsWith('/m/')) event.respondWith(open(request))
  } else if (shell.files.includes(url.pathname)) event.respondWith(fromCache(url.pathname, request))
})

/** The page from the network if it answers soon, else the cached one, so that a poor signal doesn't mean a white page. */
async function open(request: Request): Promise<Response> {
  const kept = await (await caches.open(shell.name)).match(page)
  const fresh = fetch(request).then((response) => (response.ok || !kept ? response : kept))
  if (!kept) return fresh
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), patience))
  return Promise.race([fresh.catch(() => kept), late])
}

async function fromCache(path: string, request: Request): Promise<Response> {
  return (await (await caches.open(shell.name)).match(path)) ?? fetch(request)
}
