import { createRouter, createWebHistory } from 'vue-router'
import { messages as boardMessages } from '@/board/messages'
import { guard } from '@/session/pageGuard'
import NotFound from '@/ui/NotFound.vue'
import { startApp } from '@/ui/startApp'
import { registerWorker } from '@/ui/worker/registerServiceWorker'
import { messages } from './messages'

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/board/:area', component: () => import('@/board/BoardPage.vue'), props: true },
    {
      path: '/console',
      component: () => import('./ConsoleFrame.vue'),
      children: [
        { path: '', component: () => import('./DeskPage.vue') },
        { path: 'cases/:id', component: () => import('./DeskPage.vue'), props: true },
        { path: 'search', component: () => import('./SearchPage.vue') },
        { path: 'report', component: () => import('./ReportPage.vue') },
        { path: ':any(.*)*', component: NotFound },
      ],
    },
    { path: '/:any(.*)*', component: NotFound },
  ],
})
guard(router)

startApp(router, messages, boardMessages)
// A wall screen that is reloaded during an outage shows its page, and its figures as soon as the service is back.
if (location.pathname.startsWith('/board/')) registerWorker('/board')
