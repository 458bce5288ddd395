import { createRouter, createWebHistory } from 'vue-router'
import { start } from '@/shared/start'
import { useTheme } from '@/shared/theme'
import SigninPage from './SigninPage.vue'
import { words } from './words'

useTheme('desk')

const router = createRouter({
  history: createWebHistory(),
  routes: [{ path: '/:any(.*)*', component: SigninPage }],
})

start(router, words)
