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
    code: {
      label: '验证码',
      hint: '账号 {account} 的密码正确。请打开手机上的身份验证器，输入它显示的 6 位数字。',
      recovery: '恢复码',
      useRecovery: '手机不在身边？改用恢复码',
      useApp: '改用身份验证器的验证码',
      wrong: '验证码不对，或已用过。请等下一个出现再输入；恢复码只能用一次。',
      missing: '请输入验证码。',
      back: '换一个账号',
    },
    factor: {
      title: '设置身份验证器',
      replace: '更换身份验证器',
      needed: '您的岗位要求登录时除密码外再输入一个验证码。验证码由手机上的身份验证器产生，只需设置一次。',
      scan: '用手机上的身份验证器扫描二维码。',
      picture: '供身份验证器扫描的二维码',
      here: '在本机打开身份验证器',
      type: '不能扫描时，手工输入密钥：',
      password: '您的密码',
      present: '原身份验证器的验证码，或恢复码',
      wrong: '验证码不对。请输入身份验证器现在显示的 6 位数字。',
      expired: '这个二维码已过期，请重新扫描。',
      wrongPassword: '密码不对。',
      wrongPresent: '原验证码或恢复码不对，或已用过。',
      submit: '完成设置',
    },
    provider: {
      submit: '用{name}登录',
      or: '或用账号和密码',
      refused: {
        'unknown-person': '您已通过身份验证，但本系统没有您的账号。请联系本区域的管理员。',
        'ambiguous-account': '您已通过身份验证，但多个地区有这个账号，无法确定是哪一个。请联系管理员。',
        'provider-failed': '统一身份认证没有完成登录。请重试；仍不行时请联系管理员。',
      },
    },
    recovery: {
      hint: '手机丢失时，用恢复码代替验证码登录。每个只能用一次，离开本页后不再显示。请保存在安全的地方。',
      file: 'GridActors 恢复码（账号 {account}），每个只能用一次：',
      save: '存为文件',
      kept: '已保存，继续',
    },
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
    code: {
      label: 'Code',
      hint: 'The password of {account} is right. Open the authenticator app on your phone and enter the six digits it shows.',
      recovery: 'Recovery code',
      useRecovery: 'No phone at hand? Use a recovery code',
      useApp: 'Use a code of the app instead',
      wrong: 'The code is wrong or was used already. Wait for the next one; a recovery code works once.',
      missing: 'Enter the code.',
      back: 'Use another account',
    },
    factor: {
      title: 'Set up an authenticator app',
      replace: 'Replace the authenticator app',
      needed:
        'Your post asks for a code besides the password. An authenticator app on your phone makes it; you set it up once.',
      scan: 'Scan this picture with the authenticator app on your phone.',
      picture: 'QR code for the authenticator app',
      here: 'Open the app on this phone',
      type: "If it can't scan, type this secret:",
      password: 'Your password',
      present: 'Code of the present app, or a recovery code',
      wrong: 'The code is wrong. Enter the six digits that the app shows now.',
      expired: 'This picture has expired: scan the new one.',
      wrongPassword: 'The password is wrong.',
      wrongPresent: 'The code of the present app is wrong or was used already.',
      submit: 'Finish',
    },
    provider: {
      submit: 'Sign in with {name}',
      or: 'or with account and password',
      refused: {
        'unknown-person':
          'You are known to your provider, but nobody here has your account. Ask the administrator of your area.',
        'ambiguous-account':
          'You are known to your provider, but several areas have your account. Ask an administrator.',
        'provider-failed':
          "Your provider didn't finish signing you in. Try again; if it fails again, ask an administrator.",
      },
    },
    recovery: {
      hint: "If you lose your phone, sign in with a recovery code instead. Each works once, and they aren't shown again. Keep them in a safe place.",
      file: 'GridActors recovery codes (account {account}), each works once:',
      save: 'Save as a file',
      kept: 'I have them, go on',
    },
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
