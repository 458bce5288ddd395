import vue from '@vitejs/plugin-vue'
import { resolve } from 'node:path'
import type { Connect, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { shells } from './src/ui/worker/appShellPlugin.ts'

const server = process.env.GRIDACTORS_SERVER ?? 'http://127.0.0.1:5080'

/** The server answers these addresses with the page's html; the dev server has to do the same. */
function pageOf(path: string): string | undefined {
  if (path === '/' || path === '/signin') return '/index.html'
  if (/^\/(board|console)(\/|$)/.test(path)) return '/console.html'
  if (/^\/m(\/|$)/.test(path)) return '/m.html'
  if (path === '/r') return '/r.html'
  if (path === '/s') return '/s.html'
  if (path === '/g') return '/g.html'
  return undefined
}

function pages(): Plugin {
  const rewrite: Connect.NextHandleFunction = (request, _response, next) => {
    const [path = '/', query] = (request.url ?? '/').split('?')
    const asksForFile = /\.[a-z0-9]+$/i.test(path)
    const page = asksForFile ? undefined : pageOf(path)
    if (page) request.url = query ? `${page}?${query}` : page
    next()
  }
  return {
    name: 'pages',
    configureServer: (dev) => void dev.middlewares.use(rewrite),
    configurePreviewServer: (preview) => void preview.middlewares.use(rewrite),
  }
}

const proxy = {
  '/api': { target: server },
  '/hubs': { target: server, ws: true },
  '/health': { target: server },
  '/openapi': { target: server },
}

/** The pages that open while the service can't be reached. A phone's home screen wants more than the page itself names. */
const kept = [
  { scope: '/m', page: 'm.html', besides: ['/m.webmanifest', '/favicon.svg', '/field/icon-192.png'] },
  { scope: '/board', page: 'console.html', besides: ['/favicon.svg'] },
]

export default defineConfig({
  // Relative to the page's base, which the service sets: it may be below a path of its host.
  base: './',
  plugins: [vue(), pages(), shells('sw.js', kept)],
  resolve: { alias: { '@': resolve(import.meta.dirname, 'src') } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __VUE_PROD_DEVTOOLS__: false,
  },
  server: { port: 5173, strictPort: true, proxy },
  preview: { port: 4173, strictPort: true, proxy },
  // Long, so that a busy machine doesn't fail a test.
  test: { testTimeout: 40_000 },
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: {
      input: {
        index: resolve(import.meta.dirname, 'index.html'),
        console: resolve(import.meta.dirname, 'console.html'),
        m: resolve(import.meta.dirname, 'm.html'),
        r: resolve(import.meta.dirname, 'r.html'),
        s: resolve(import.meta.dirname, 's.html'),
        g: resolve(import.meta.dirname, 'g.html'),
        sw: resolve(import.meta.dirname, 'src/ui/worker/serviceWorker.ts'),
      },
      // A worker's address must not change with its content.
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
