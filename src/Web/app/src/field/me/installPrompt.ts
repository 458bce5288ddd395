import { shallowRef } from 'vue'

interface InstallPrompt extends Event {
  prompt: () => Promise<unknown>
}

/** The browser's offer to put this page on the home screen. It may come at any time, so the page listens from its start. */
export const installPrompt = shallowRef<InstallPrompt | null>(null)

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  installPrompt.value = event as InstallPrompt
})
window.addEventListener('appinstalled', () => (installPrompt.value = null))

export async function install(): Promise<void> {
  await installPrompt.value?.prompt()
  installPrompt.value = null
}
