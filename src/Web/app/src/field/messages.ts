import type { Messages } from '@/ui/i18n'
import en from './messages/en'
import zh from './messages/zh'

export const messages: Messages<typeof zh> = { zh, en }
