/// <reference lib="webworker" />
/**
 * Caches a page, its html and the files it needs, so that it opens while the service can't be reached: the phone's page without a
 * signal, the wall board after an outage. Every other request goes to the network: answers of /api and /hubs are never cached.
 */
const worker = self as unknown as ServiceWorkerGlobalScope

/** Written by the build: each page with its address, its files, and a name that changes with them. */
declare const __SHELLS__: { scope: string; page: string; name: string; files: string[] }[]
/** The path below which the service is; this file is directly below it. */
const basePath = new URL('.', worker.location.href).pathname.replace(/\/$/, '')
/** A browser runs one worker for each scope. */
const shell = __SHELLS__.find(({ scope }) => new URL(worker.registration.scope).pathname === basePath + scope)!
const pathOf = (url: URL): string => url.pathname.slice(basePath.length)
const patience = 3000

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(shell.name).then((cache) => cache.addAll([shell.page, ...shell.files].map((file) => basePath + file))),
  )
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith(`shell${shell.scope}-`) && name !== shell.name) await caches.delete(name)
      await worker.clients.claim()
    })(),
  )
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    const path = pathOf(url)
    if (path === shell.scope || path.startsWith(`${shell.scope}/`)) event.respondWith(open(request))
  } else if (shell.files.includes(pathOf(url))) event.respondWith(fromCache(url.pathname, request))
})

/** The page from the network if it answers soon, else the cached one, so that a poor signal doesn't mean a white page. */
async function open(request: Request): Promise<Response> {
  const kept = await (await caches.open(shell.name)).match(basePath + shell.page)
  const fresh = fetch(request).then((response) => (response.ok || !kept ? response : kept))
  if (!kept) return fresh
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), patience))
  return Promise.race([fresh.catch(() => kept), late])
}

async function fromCache(path: string, request: Request): Promise<Response> {
  return (await (await caches.open(shell.name)).match(path)) ?? fetch(request)
}

/** A press on a notification brings the page back, at the case it speaks of. */
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { caseId } = event.notification.data as { caseId: string }
  event.waitUntil(
    (async () => {
      const address = `${basePath}${shell.scope}/cases/${encodeURIComponent(caseId)}`
      const [window] = await worker.clients.matchAll({ type: 'window' })
      if (!window) return void (await worker.clients.openWindow(address))
      await window.focus()
      await window.navigate(address)
    })(),
  )
})
