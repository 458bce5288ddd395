import type { Words } from '@/shared/i18n'
import en from './words/en'
import zh from './words/zh'

export const words: Words<typeof zh> = { zh, en }
