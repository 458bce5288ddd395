import type { Words } from '@/shared/i18n'

const zh = { board: { title: '看板' } }
const en: typeof zh = { board: { title: 'Board' } }

export const words: Words<typeof zh> = { zh, en }
