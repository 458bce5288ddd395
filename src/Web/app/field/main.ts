import { createRouter, createWebHistory } from 'vue-router'
import { start } from '@/shared/start'
import { useTheme } from '@/shared/theme'
import FieldFrame from './FieldFrame.vue'
import './me/install'
import './vant'
import { guardField } from './who'
import { words } from './words'
import { registerWorker } from './worker/register'

useTheme('phone')

const router = createRouter({
  history: createWebHistory('/m'),
  routes: [
    {
      path: '/',
      component: FieldFrame,
      children: [
        { path: '', name: 'today', component: () => import('./today/TodayPage.vue') },
        { path: 'report', name: 'report', component: () => import('./report/ReportPage.vue') },
        { path: 'sent/:entry', name: 'sent', component: () => import('./report/SentPage.vue'), props: true },
        { path: 'grid/:area?', name: 'grid', component: () => import('./grid/GridPage.vue'), props: true },
        { path: 'me', name: 'me', component: () => import('./me/MePage.vue') },
        {
          path: 'cases/:id',
          name: 'case',
          component: () => import('./case/CasePage.vue'),
          props: true,
          meta: { ownBar: true },
        },
      ],
    },
    { path: '/:any(.*)*', redirect: '/' },
  ],
})
guardField(router)

start(router, words)
registerWorker()
