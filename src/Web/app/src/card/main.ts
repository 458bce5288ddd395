import '@/ui/theme.css'
import './card.css'
import { words, type Card, type Language, type Refusal } from './card'
import { cardPage, languageButton, loadingPage, refusalPage } from './cardView'

/**
 * Where a code at a door or on a wall leads: `/g#` and the code, which browsers send to nobody. Residents look at it once, outdoors, on any
 * phone: it is one small file, without the framework of the other pages.
 */
const root = document.getElementById('card')!
const stored = 'gridactors.language'
let language: Language = read() === 'en' ? 'en' : 'zh-CN'
let shown: Card | Refusal | 'noCode' | null = null

const code = (): string => location.hash.slice(1)

/** A browser in private mode may refuse its storage: the page works without. */
function read(): string | null {
  try {
    return localStorage.getItem(stored)
  } catch {
    return null
  }
}

function changeLanguage(): void {
  language = language === 'en' ? 'zh-CN' : 'en'
  try {
    localStorage.setItem(stored, language)
  } catch {
    // Chosen for this visit.
  }
  show()
}

function show(): void {
  document.documentElement.lang = language
  const name = typeof shown === 'object' && shown ? shown.areaName : words[language].title
  document.title = name
  const page =
    shown === null
      ? loadingPage(language)
      : typeof shown === 'string'
        ? refusalPage(shown, language, () => void load())
        : cardPage(shown, code(), language)
  root.replaceChildren(languageButton(language, changeLanguage), ...page)
  root.dataset.testid = 'grid-card'
}

async function fetched(): Promise<Card | Refusal | 'noCode'> {
  if (!code()) return 'noCode'
  try {
    const response = await fetch('api/public/grid-cards', {
      method: 'POST',
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ code: code() }),
      signal: AbortSignal.timeout(20_000),
    })
    if (response.ok) return (await response.json()) as Card
    return response.status === 429 ? 'busy' : response.status < 500 ? 'gone' : 'unreachable'
  } catch {
    return 'unreachable'
  }
}

async function load(): Promise<void> {
  shown = null
  show()
  shown = await fetched()
  show()
}

function useTheme({ matches }: { matches: boolean }): void {
  document.documentElement.dataset.theme = matches ? 'dark' : 'light'
}
const dark = matchMedia('(prefers-color-scheme: dark)')
useTheme(dark)
dark.addEventListener('change', useTheme)
addEventListener('hashchange', () => void load())
void load()
