import { createApp } from 'vue'
import '@/ui/base.css'
import { createAppI18n } from '@/ui/i18n'
import { useTheme } from '@/ui/theme'
import RegisterPage from './RegisterPage.vue'
import { messages } from './messages'

// No router, no store and no session: whoever scans the code has a slow phone and no account.
useTheme('phone')
createApp(RegisterPage).use(createAppI18n(messages)).mount('#app')
