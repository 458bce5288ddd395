import { createPinia } from 'pinia'
import { createApp } from 'vue'
import type { Router } from 'vue-router'
import AppRoot from './AppRoot.vue'
import './base.css'
import { flash } from './flash'
import { createWords, type Words } from './i18n'

/** Starts one page of the product with what all pages share. */
export function start(router: Router, ...words: Words<Record<string, unknown>>[]): void {
  const i18n = createWords(...words)
  const app = createApp(AppRoot).use(createPinia()).use(i18n).directive('flash', flash)
  app.use(router).mount('#app')
}
