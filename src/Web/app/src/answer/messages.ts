import type { Messages } from '@/ui/i18n'

const zh = {
  answer: {
    noCode: '请扫描网格员提供的二维码打开本页。',
    gone: '这个二维码已停用，请向网格员索取新的。',
    closed: '这项调查现在不在填报时间内。',
    answered: '这份问卷已经填报，谢谢您！如需更正，请联系网格员。',
    thanks: '已提交，谢谢您！',
    about: { household: '请代表全家填写，每户一份。', resident: '请本人填写，每人一份。' },
    until: '请在 {day} 前填写。',
    privacy: '填写的内容加密保存，由您的网格员查看，仅用于上述目的。',
    changed: '问卷有更新，请核对后重新提交。',
  },
}

const en: typeof zh = {
  answer: {
    noCode: 'Scan the code that the worker of your grid gives you to open this page.',
    gone: 'This code is no longer in use: ask the worker of your grid for a new one.',
    closed: 'This survey isn’t answered now.',
    answered: 'This has been answered, thank you! Tell the worker of your grid if something is wrong.',
    thanks: 'Sent. Thank you!',
    about: {
      household: 'Please answer for your whole household, once.',
      resident: 'Please answer for yourself, once.',
    },
    until: 'Please answer by {day}.',
    privacy: 'What you answer is kept encrypted. The worker of your grid sees it, and it is used for this alone.',
    changed: 'The questions have changed: please look at them again.',
  },
}

export const messages: Messages<typeof zh> = { zh, en }
