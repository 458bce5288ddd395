import { createRouter, createWebHistory } from 'vue-router'
import { startApp } from '@/ui/startApp'
import { useTheme } from '@/ui/theme'
import FieldFrame from './FieldFrame.vue'
import './me/installPrompt'
import './vantSetup'
import { guardField } from './fieldSession'
import { messages } from './messages'
import { registerWorker } from '@/ui/worker/registerServiceWorker'
import { withBase } from '@/ui/basePath'

useTheme('phone')

const router = createRouter({
  history: createWebHistory(withBase('/m')),
  routes: [
    {
      path: '/',
      component: FieldFrame,
      children: [
        { path: '', name: 'today', component: () => import('./today/TodayPage.vue') },
        { path: 'report', name: 'report', component: () => import('./report/ReportPage.vue') },
        { path: 'sent/:entry', name: 'sent', component: () => import('./report/SentPage.vue'), props: true },
        { path: 'grid/:area?', name: 'grid', component: () => import('./grid/GridPage.vue'), props: true },
        { path: 'consultations', component: () => import('./consultations/ConsultationsPage.vue') },
        {
          path: 'consultations/:id',
          component: () => import('./consultations/ConsultationPage.vue'),
          props: true,
          meta: { ownBar: true },
        },
        { path: 'meetings', component: () => import('./meetings/MeetingsPage.vue') },
        {
          path: 'meetings/:id',
          component: () => import('./meetings/MeetingPage.vue'),
          props: true,
          meta: { ownBar: true },
        },
        { path: 'patrol', name: 'patrol', component: () => import('./patrol/PatrolPage.vue'), meta: { ownBar: true } },
        {
          path: 'visits/new',
          name: 'new-visit',
          component: () => import('./visits/VisitPage.vue'),
          meta: { ownBar: true },
        },
        {
          path: 'appointments',
          name: 'appointments',
          component: () => import('./appointments/AppointmentsPage.vue'),
          meta: { ownBar: true },
        },
        {
          path: 'appointments/new',
          name: 'new-appointment',
          component: () => import('./appointments/BookPage.vue'),
          meta: { ownBar: true },
        },
        {
          path: 'appointments/:id',
          name: 'appointment',
          component: () => import('./appointments/AppointmentPage.vue'),
          props: true,
          meta: { ownBar: true },
        },
        {
          path: 'diary/:day?',
          name: 'diary',
          component: () => import('./day/DiaryPage.vue'),
          props: true,
          meta: { ownBar: true },
        },
        {
          path: 'hand-over',
          name: 'hand-over',
          component: () => import('./day/HandOverPage.vue'),
          meta: { ownBar: true },
        },
        { path: 'households', name: 'households', component: () => import('./households/HouseholdsPage.vue') },
        {
          path: 'households/map',
          name: 'households-map',
          component: () => import('./households/HouseholdsMapPage.vue'),
          meta: { ownBar: true },
        },
        {
          path: 'buildings/:id?',
          name: 'buildings',
          component: () => import('./places/BuildingsPage.vue'),
          props: true,
        },
        {
          path: 'households/new',
          name: 'new-household',
          component: () => import('./households/NewHouseholdPage.vue'),
          meta: { ownBar: true },
        },
        {
          path: 'households/:id',
          name: 'household',
          component: () => import('./households/HouseholdPage.vue'),
          props: true,
          meta: { ownBar: true },
        },
        {
          path: 'registrations',
          name: 'registrations',
          component: () => import('./registrations/RegistrationsPage.vue'),
        },
        {
          path: 'registrations/:id',
          name: 'registration',
          component: () => import('./registrations/RegistrationPage.vue'),
          props: true,
          meta: { ownBar: true },
        },
        { path: 'tasks', name: 'tasks', component: () => import('./tasks/TasksPage.vue') },
        {
          path: 'tasks/:id/:area',
          name: 'task',
          component: () => import('./tasks/TaskPage.vue'),
          props: true,
          meta: { ownBar: true },
        },
        { path: 'surveys', name: 'surveys', component: () => import('./surveys/SurveysPage.vue') },
        { path: 'surveys/:id', name: 'survey', component: () => import('./surveys/SurveyPage.vue'), props: true },
        {
          path: 'surveys/:id/sheets/:subject',
          name: 'sheet',
          component: () => import('./surveys/SheetPage.vue'),
          props: true,
          meta: { ownBar: true },
        },
        { path: 'me', name: 'me', component: () => import('./me/MePage.vue') },
        { path: 'score', name: 'score', component: () => import('./score/ScorePage.vue'), meta: { ownBar: true } },
        { path: 'duty', name: 'duty', component: () => import('./me/DutyPage.vue') },
        { path: 'leave', name: 'leave', component: () => import('./me/LeavePage.vue') },
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

startApp(router, messages)
registerWorker('/m')
