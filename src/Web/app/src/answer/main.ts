import { createApp } from 'vue'
import '@/ui/base.css'
import { createAppI18n } from '@/ui/i18n'
import { useTheme } from '@/ui/theme'
import AnswerPage from './AnswerPage.vue'
import { messages } from './messages'

// No router, no store and no session: whoever scans the code has a slow phone and no account.
useTheme('phone')
createApp(AnswerPage).use(createAppI18n(messages)).mount('#app')
