import {
  dayName,
  hoursOf,
  officeState,
  withinOf,
  words,
  type Card,
  type CardPerson,
  type Language,
  type Refusal,
} from './card'

type Child = Node | string | null | false

/** An element with its attributes and children. Texts are text: nothing that somebody entered becomes markup. */
function make(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children.filter((one): one is Node | string => one !== null && one !== false))
  return element
}

/** Digits and a plus alone: what a phone understands. An extension follows after a pause. */
const dialled = (phone: string): string => phone.replace(/[^\d+-]/g, '')

function callButton(phone: string, language: Language): HTMLElement {
  const link = { href: `tel:${dialled(phone)}`, class: 'call', 'data-testid': 'card-call' }
  return make('a', { ...link, 'aria-label': words[language].callOf(phone) }, phone, make('b', {}, words[language].call))
}

function person(one: CardPerson, language: Language): HTMLElement {
  const t = words[language]
  const post = language === 'en' ? one.postEn : one.post
  const picture = one.portrait
    ? make('img', {
        src: `data:image/jpeg;base64,${one.portrait}`,
        alt: t.portrait(one.name ?? post),
        width: '96',
        height: '96',
      })
    : make('span', { class: 'nobody', 'aria-hidden': 'true' }, (one.name ?? post).slice(0, 1))
  return make(
    'li',
    { class: 'person', 'data-testid': 'card-person' },
    picture,
    make(
      'div',
      {},
      make('h2', {}, one.name ?? post),
      make('p', {}, one.name ? post : '', one.standsIn && make('span', { class: 'badge' }, t.standsIn)),
    ),
    one.phone ? callButton(one.phone, language) : null,
  )
}

function people(card: Card, language: Language): HTMLElement {
  const t = words[language]
  if (card.people.length === 0)
    return make('p', { class: 'box', 'data-testid': 'card-nobody' }, card.station ? t.nobody : t.nobodyAtAll)
  return make('ul', { 'aria-label': t.people }, ...card.people.map((one) => person(one, language)))
}

function station({ station }: Card, language: Language): HTMLElement | null {
  if (!station) return null
  return make(
    'section',
    { class: 'box', 'data-testid': 'card-station' },
    make('h3', {}, words[language].station),
    make('p', { class: 'big' }, station.name),
    station.address ? make('p', {}, station.address) : null,
    station.phone ? callButton(station.phone, language) : null,
  )
}

function office({ office }: Card, language: Language): HTMLElement {
  const today = office.days[0]?.day ?? ''
  const rows = office.days.map((day) =>
    make(
      'tr',
      { 'data-testid': 'card-day' },
      make('th', { scope: 'row' }, dayName(day.day, today, language)),
      make('td', {}, ...hoursOf(day, language).map((one) => make('span', {}, one))),
    ),
  )
  return make(
    'section',
    { class: 'box', 'data-testid': 'card-office', 'data-open': String(office.open) },
    make('h3', {}, words[language].hours),
    make('p', { class: office.open ? 'state open' : 'state' }, officeState(office, language)),
    make('table', {}, make('tbody', {}, ...rows)),
  )
}

/** The page of a card. `code` opens the registration, too, where the place has one. */
export function cardPage(card: Card, code: string, language: Language): Node[] {
  const t = words[language]
  const place = (language === 'en' && card.placeEn) || card.place
  return [
    make('p', { class: 'place' }, place),
    make('h1', { 'data-testid': 'card-area' }, card.areaName),
    make('p', { class: 'within' }, withinOf(card)),
    people(card, language),
    ...[station(card, language), office(card, language)].filter((one) => one !== null),
    ...(card.registers
      ? [
          make(
            'a',
            { href: `r#${code}`, class: 'register', 'data-testid': 'card-register' },
            make('b', {}, t.register),
            make('span', {}, t.registerHint),
          ),
        ]
      : []),
  ]
}

export function loadingPage(language: Language): Node[] {
  const line = (width: string) => make('div', { class: 'line', style: `width: ${width}` })
  return [
    make('div', { role: 'status', 'aria-label': words[language].loading }, line('40%'), line('75%'), line('100%')),
  ]
}

export function refusalPage(refusal: Refusal | 'noCode', language: Language, retry: () => void): Node[] {
  const t = words[language]
  const again = make('button', { type: 'button', class: 'call', 'data-testid': 'card-retry' }, t.retry)
  again.addEventListener('click', retry)
  const isLater = refusal === 'busy' || refusal === 'unreachable'
  return [
    make('p', { class: 'box big', role: 'alert', 'data-testid': 'card-refused', 'data-code': refusal }, t[refusal]),
    ...(isLater ? [again] : []),
  ]
}

export function languageButton(language: Language, change: () => void): HTMLElement {
  const button = make(
    'button',
    { type: 'button', class: 'language', 'data-testid': 'card-language' },
    words[language].language,
  )
  button.addEventListener('click', change)
  return button
}
