import type { Messages } from '@/ui/i18n'
import { messages as score } from '@/scores/messages'
import en from './messages/en'
import zh from './messages/zh'
import day from './messages/day'

const chinese = { ...zh, ...day.zh, ...score.zh }

export const messages: Messages<typeof chinese> = { zh: chinese, en: { ...en, ...day.en, ...score.en } }
