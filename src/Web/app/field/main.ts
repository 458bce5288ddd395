import { createRouter, createWebHistory } from 'vue-router'
import { guard } from '@/shared/guards'
import { start } from '@/shared/start'
import { useTheme } from '@/shared/theme'
import FieldPage from './FieldPage.vue'
import { words } from './words'

useTheme('phone')

const router = createRouter({
  history: createWebHistory('/m'),
  routes: [{ path: '/:any(.*)*', component: FieldPage }],
})
guard(router)

start(router, words)
