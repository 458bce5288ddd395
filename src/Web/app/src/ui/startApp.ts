import { createPinia } from 'pinia'
import { createApp } from 'vue'
import type { Router } from 'vue-router'
import AppRoot from './AppRoot.vue'
import './base.css'
import { flash } from './flash'
import { createAppI18n, type Messages } from './i18n'

/** A wall stays open while the service is upgraded; the parts of the page it hasn't loaded yet are gone then. */
function reloadAfterUpgrade(): void {
  const name = 'gridactors.reloadedAt'
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(name)) < 60_000) return
    event.preventDefault()
    sessionStorage.setItem(name, String(Date.now()))
    location.reload()
  })
}

/** Starts one page of the product with what all pages share. */
export function startApp(router: Router, ...messages: Messages<Record<string, unknown>>[]): void {
  reloadAfterUpgrade()
  const i18n = createAppI18n(...messages)
  const app = createApp(AppRoot).use(createPinia()).use(i18n).directive('flash', flash)
  app.use(router).mount('#app')
}
