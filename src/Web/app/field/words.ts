import type { Words } from '@/shared/i18n'

const zh = { field: { title: '网格员' } }
const en: typeof zh = { field: { title: 'Grid worker' } }

export const words: Words<typeof zh> = { zh, en }
