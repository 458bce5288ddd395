import { createRouter, createWebHistory } from 'vue-router'
import { guard } from '@/shared/guards'
import { start } from '@/shared/start'
import { words as boardWords } from '@/board/words'
import { words } from './words'

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/board/:area', component: () => import('@/board/BoardPage.vue'), props: true },
    { path: '/:any(.*)*', redirect: '/console' },
  ],
})
guard(router)

start(router, words, boardWords)
