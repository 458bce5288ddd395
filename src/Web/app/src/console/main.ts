import { createRouter, createWebHistory } from 'vue-router'
import { messages as boardMessages } from '@/board/messages'
import { guard } from '@/session/pageGuard'
import { startApp } from '@/ui/startApp'
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
      ],
    },
    { path: '/:any(.*)*', redirect: '/console' },
  ],
})
guard(router)

startApp(router, messages, boardMessages)
