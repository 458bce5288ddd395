import { createRouter, createWebHistory } from 'vue-router'
import { startApp } from '@/ui/startApp'
import { useTheme } from '@/ui/theme'
import SigninPage from './SigninPage.vue'
import { messages } from './messages'

useTheme('desk')

const router = createRouter({
  history: createWebHistory(),
  routes: [{ path: '/:any(.*)*', component: SigninPage }],
})

startApp(router, messages)
