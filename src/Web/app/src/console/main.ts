import { createRouter, createWebHistory } from 'vue-router'
import { messages as boardMessages } from '@/board/messages'
import { guard } from '@/session/pageGuard'
import NotFound from '@/ui/NotFound.vue'
import { startApp } from '@/ui/startApp'
import { registerWorker } from '@/ui/worker/registerServiceWorker'
import { messages as adminMessages } from './admin/messages'
import { messages as cardMessages } from './cards/messages'
import { messages as fieldMessages } from './field/messages'
import { messages as importMessages } from './households/import/messages'
import { messages as householdMessages } from './households/messages'
import { messages as placeMessages } from './places/messages'
import { messages as reassignMessages } from './households/reassign/messages'
import { messages as requestMessages } from './households/requests/messages'
import { messages as listMessages } from './lists/messages'
import { messages } from './messages'
import { messages as scoreMessages } from '@/scores/messages'
import { messages as surveyMessages } from './surveys/messages'
import { messages as taskMessages } from './tasks/messages'
import { basePath, ownAddress } from '@/ui/basePath'

const router = createRouter({
  history: createWebHistory(basePath),
  routes: [
    { path: '/board', component: () => import('@/board/WallEntry.vue'), meta: { open: true } },
    { path: '/board/:area', component: () => import('@/board/BoardPage.vue'), props: true },
    {
      path: '/console',
      component: () => import('./ConsoleFrame.vue'),
      children: [
        { path: '', component: () => import('./DeskPage.vue') },
        { path: 'cases/:id', component: () => import('./DeskPage.vue'), props: true },
        { path: 'cases/:id/proof', component: () => import('./CaseProofPage.vue'), props: true },
        { path: 'search', component: () => import('./SearchPage.vue') },
        { path: 'supervisions', component: () => import('./SupervisionsPage.vue') },
        { path: 'outbox', component: () => import('./OutboxPage.vue') },
        { path: 'consultations', component: () => import('./ConsultationsPage.vue') },
        { path: 'consultations/:id', component: () => import('./ConsultationPage.vue'), props: true },
        { path: 'households/import', component: () => import('./households/import/ImportPage.vue') },
        { path: 'households/reassign', component: () => import('./households/reassign/ReassignPage.vue') },
        { path: 'households/duplicates', component: () => import('./households/DuplicatesPage.vue') },
        { path: 'households/forms', component: () => import('./households/FormsPage.vue') },
        { path: 'households', component: () => import('./households/HouseholdsPage.vue') },
        { path: 'households/:id', component: () => import('./households/HouseholdPage.vue'), props: true },
        { path: 'registrations/doors', component: () => import('./registrations/DoorsPage.vue') },
        { path: 'surveys', component: () => import('./surveys/SurveysPage.vue') },
        { path: 'surveys/:id', component: () => import('./surveys/SurveyPage.vue'), props: true },
        { path: 'surveys/:id/codes', component: () => import('./surveys/InvitationsPage.vue'), props: true },
        { path: 'tasks', component: () => import('./tasks/TasksPage.vue') },
        { path: 'tasks/:id', component: () => import('./tasks/TaskPage.vue'), props: true },
        { path: 'scores', component: () => import('./scores/ScoresPage.vue') },
        { path: 'scores/:person', component: () => import('./scores/PersonScorePage.vue'), props: true },
        { path: 'places', component: () => import('./places/PlacesPage.vue') },
        { path: 'places/:id', component: () => import('./places/PlacePage.vue'), props: true },
        { path: 'places/:id/codes', component: () => import('./places/DoorCodesPage.vue'), props: true },
        {
          path: 'households/:id/residents/:resident/sheet',
          component: () => import('./households/requests/ResidentSheetPage.vue'),
          props: true,
        },
        { path: 'requests', component: () => import('./households/requests/RequestsPage.vue') },
        { path: 'reveals', component: () => import('./households/RevealsPage.vue') },
        { path: 'lists', component: () => import('./ListsPage.vue') },
        { path: 'leave', component: () => import('./LeavePage.vue') },
        { path: 'meetings', component: () => import('./MeetingsPage.vue') },
        { path: 'meetings/:id', component: () => import('./MeetingPage.vue'), props: true },
        { path: 'time', component: () => import('./TimePage.vue') },
        { path: 'report', component: () => import('./ReportPage.vue') },
        { path: 'account', component: () => import('./AccountPage.vue') },
        { path: 'access', component: () => import('./admin/AccessPage.vue') },
        { path: 'accounts', component: () => import('./admin/AccountsPage.vue') },
        { path: 'staff', component: () => import('./admin/StaffPage.vue') },
        { path: 'field', component: () => import('./field/FieldPage.vue') },
        { path: 'field/:person/:day', component: () => import('./field/DayPage.vue'), props: true },
        { path: 'grid-cards', component: () => import('./cards/CardsPage.vue') },
        { path: 'grid-cards/sheet', component: () => import('./cards/CardSheetPage.vue') },
        { path: 'screens', component: () => import('./admin/ScreensPage.vue') },
        { path: ':any(.*)*', component: NotFound },
      ],
    },
    { path: '/:any(.*)*', component: NotFound },
  ],
})
guard(router)

startApp(
  router,
  messages,
  adminMessages,
  cardMessages,
  fieldMessages,
  householdMessages,
  importMessages,
  listMessages,
  scoreMessages,
  surveyMessages,
  taskMessages,
  placeMessages,
  reassignMessages,
  requestMessages,
  boardMessages,
)
// A wall screen that is reloaded during an outage shows its page, and its figures as soon as the service is back.
if (/^\/board(\/|\?|$)/.test(ownAddress())) registerWorker('/board')
