import { createRouter, createWebHistory } from 'vue-router'
import { words as boardWords } from '@/board/words'
import { guard } from '@/shared/guards'
import { start } from '@/shared/start'
import { words } from './words'

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

start(router, words, boardWords)
