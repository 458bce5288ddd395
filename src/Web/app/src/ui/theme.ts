import { ref, watch } from 'vue'

export type Theme = 'dark' | 'light'

export const theme = ref<Theme>('light')

/** A wall is dark, a desk is light, until somebody chooses otherwise for that kind of page. */
export function useTheme(setting: 'wall' | 'desk' | 'phone'): void {
  const name = `gridactors.theme.${setting}`
  const kept = localStorage.getItem(name)
  theme.value = kept === 'dark' || kept === 'light' ? kept : setting === 'wall' ? 'dark' : 'light'
  stop()
  stop = watch(
    theme,
    (value) => {
      document.documentElement.dataset.theme = value
      localStorage.setItem(name, value)
    },
    { immediate: true },
  )
}

let stop = () => {}

export const toggleTheme = (): void => void (theme.value = theme.value === 'dark' ? 'light' : 'dark')
