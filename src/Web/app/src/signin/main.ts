import { createRouter, createWebHistory } from 'vue-router'
import { startApp } from '@/ui/startApp'
import { useTheme } from '@/ui/theme'
import NotFound from '@/ui/NotFound.vue'
import SigninPage from './SigninPage.vue'
import { messages } from './messages'
import { basePath } from '@/ui/basePath'

useTheme('desk')

const router = createRouter({
  history: createWebHistory(basePath),
  routes: [
    { path: '/', component: SigninPage },
    { path: '/signin', component: SigninPage },
    // The service answers every address that leads nowhere with this page.
    { path: '/:any(.*)*', component: NotFound },
  ],
})

startApp(router, messages)
