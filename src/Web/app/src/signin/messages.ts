import type { Messages } from '@/ui/i18n'

const zh = {
  signin: {
    title: '登录',
    account: '账号',
    password: '密码',
    submit: '登录',
    wrong: '账号或密码不对。忘记密码时请联系本区域的管理员。',
    locked: '输错次数过多，账号已暂时锁定。请在 {time} 之后再试（还有 {rest}）。',
    missing: '请填写账号和密码。',
    continue: '以 {name} 的身份继续',
    already: '此窗口已登录：{name}',
    demo: {
      title: '演示：选一个人进入',
      hint: '每个窗口是一个人。把两位干部分别开在两个窗口里，让他们同时认领同一件事，只有一位会得到。',
      filter: '按姓名、岗位或区域查找',
      nobody: '没有符合的人，换个说法试试。',
    },
  },
}

const en: typeof zh = {
  signin: {
    title: 'Sign in',
    account: 'Account',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Account or password is wrong. If you forgot it, ask the administrator of your area.',
    locked: 'Too many failures, the account is locked for now. Try again after {time} ({rest} left).',
    missing: 'Enter account and password.',
    continue: 'Continue as {name}',
    already: 'This window is signed in as {name}',
    demo: {
      title: 'Demo: choose who you are',
      hint: 'Every window is one person. Open two officials in two windows and let both claim the same case: exactly one gets it.',
      filter: 'Find by name, post or area',
      nobody: 'Nobody fits, try other words.',
    },
  },
}

export const messages: Messages<typeof zh> = { zh, en }
