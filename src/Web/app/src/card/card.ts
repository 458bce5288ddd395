/** What a printed code opens; `docs/api.md` says more. The page has no framework, so it names the few fields itself. */
export interface Card {
  place: string
  placeEn: string
  areaName: string
  within: string[]
  people: CardPerson[]
  station: { name: string; address: string | null; phone: string | null } | null
  office: { open: boolean; changes: string | null; days: OfficeDay[] }
  registers: boolean
}
export interface CardPerson {
  name: string | null
  post: string
  postEn: string
  phone: string | null
  portrait: string | null
  standsIn: boolean
}
export interface OfficeDay {
  day: string
  hours: { from: string; to: string }[]
}

/** Why there is no card: a code that opens nothing, too many looks, or a service that can't be reached. */
export type Refusal = 'gone' | 'busy' | 'unreachable'

export type Words = (typeof words)['zh-CN']
export type Language = keyof typeof words

export const words = {
  'zh-CN': {
    title: '我的网格',
    loading: '正在打开…',
    language: 'English',
    people: '网格工作人员',
    nobody: '这个网格还没有公布工作人员，请联系服务站。',
    nobodyAtAll: '这个网格还没有公布工作人员。',
    standsIn: '暂时代班',
    call: '拨打',
    callOf: (phone: string) => `拨打 ${phone}`,
    portrait: (name: string) => `${name}的照片`,
    station: '服务站',
    hours: '办公时间',
    open: '正在办公',
    closed: '现在不办公',
    closes: (time: string) => `到 ${time}`,
    opens: (time: string) => `${time} 开门`,
    today: '今天',
    dayOff: '休息',
    register: '登记我家',
    registerHint: '在手机上填写，由网格员核对。',
    retry: '重试',
    noCode: '请用手机扫描门上或墙上的二维码。',
    gone: '这个二维码已经停用，请向村（社区）要新的。',
    busy: '打开的人太多，请过一分钟再试。',
    unreachable: '暂时连不上，请检查网络后重试。',
  },
  en: {
    title: 'My grid',
    loading: 'Opening…',
    language: '中文',
    people: 'Who works here',
    nobody: 'Nobody is named for this grid yet. Please turn to the service station.',
    nobodyAtAll: 'Nobody is named for this grid yet.',
    standsIn: 'Standing in for now',
    call: 'Call',
    callOf: (phone: string) => `Call ${phone}`,
    portrait: (name: string) => `Photo of ${name}`,
    station: 'Service station',
    hours: 'Office hours',
    open: 'Open now',
    closed: 'Closed now',
    closes: (time: string) => `until ${time}`,
    opens: (time: string) => `opens ${time}`,
    today: 'Today',
    dayOff: 'Closed',
    register: 'Register my household',
    registerHint: 'Fill it in on the phone; the worker of the grid checks it.',
    retry: 'Try again',
    noCode: 'Scan the code at the door or on the wall with a phone.',
    gone: 'This code is no longer in use. Ask the village or community for the new one.',
    busy: 'Too many people are looking. Try again in a minute.',
    unreachable: 'The service can’t be reached. Check the connection and try again.',
  },
}

const weekday = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

/** The day and time of a moment as the service wrote it, which is in the place's own zone. */
const partsOf = (at: string): { day: string; time: string } => ({ day: at.slice(0, 10), time: at.slice(11, 16) })

export function dayName(day: string, today: string, language: Language): string {
  const [, month = '', date = ''] = day.split('-')
  const name = day === today ? words[language].today : weekday(day, language)
  return `${name} ${Number(month)}/${Number(date)}`
}

export const hoursOf = ({ hours }: OfficeDay, language: Language): string[] =>
  hours.length === 0 ? [words[language].dayOff] : hours.map(({ from, to }) => `${from}–${to}`)

/** Where the area lies, from above: without names that its own name begins with anyway. */
export const withinOf = ({ areaName, within }: Pick<Card, 'areaName' | 'within'>): string =>
  within
    .filter((name) => !areaName.startsWith(name))
    .reverse()
    .join(' › ')

/** Open until when, or when it opens: the time alone on the same day, else with the day. */
export function officeState({ open, changes, days }: Card['office'], language: Language): string {
  const t = words[language]
  if (!changes) return open ? t.open : t.closed
  const { day, time } = partsOf(changes)
  if (open) return `${t.open} · ${t.closes(time)}`
  const isToday = day === days[0]?.day
  return `${t.closed} · ${t.opens(isToday ? time : `${weekday(day, language)} ${time}`)}`
}
