import type { Words } from '@/shared/i18n'

const zh = { console: { title: '工作台' } }
const en: typeof zh = { console: { title: 'Console' } }

export const words: Words<typeof zh> = { zh, en }
