import { nextTick, onMounted, onScopeDispose } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { caseAddress } from '@/ui/pageAddresses'
import { useInbox } from '@/inbox/inboxStore'
import { useInboxView } from '@/inbox/inboxView'
import { focusRow } from './inboxFocus'

/** The keyboard shortcuts of the desk. They are off while somebody types or a dialog is open. */
export function useShortcuts({ help }: { help: () => void }): void {
  const route = useRoute()
  const router = useRouter()
  const inbox = useInbox()
  const view = useInboxView()

  async function search(): Promise<void> {
    if (route.path !== '/console/search') await router.push('/console/search')
    await nextTick()
    // The search page is loaded on demand, so its field appears a moment later.
    setTimeout(() => document.querySelector<HTMLInputElement>('[data-shortcut=search]')?.focus(), 50)
  }

  async function step(by: 1 | -1): Promise<void> {
    const ids = view.inOrder.map((entry) => entry.case.id)
    const at = ids.indexOf(String(route.params.id ?? ''))
    const id = ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))]
    if (!id) return
    await router.push(caseAddress(id))
    await nextTick()
    const list = document.querySelector<HTMLElement>('[data-shortcut=list]')
    if (list) focusRow(list, id)
  }

  function claim(): void {
    const id = String(route.params.id ?? '')
    if (inbox.entries?.some((entry) => entry.case.id === id && entry.role === 'offered')) void inbox.claim(id)
  }

  const keys: Record<string, () => void> = {
    '/': () => void search(),
    j: () => void step(1),
    k: () => void step(-1),
    c: claim,
    '?': help,
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const target = event.target as HTMLElement
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable) return
    if (document.querySelector('dialog[open]') && event.key !== '?') return
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  onMounted(() => window.addEventListener('keydown', onKey))
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
