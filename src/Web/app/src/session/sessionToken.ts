const name = 'gridactors.token'

/** The token belongs to the window, so that two windows can be two people. Without a token the browser's cookie counts. */
export const token = {
  get: (): string | null => sessionStorage.getItem(name),
  set: (value: string): void => sessionStorage.setItem(name, value),
  clear: (): void => sessionStorage.removeItem(name),
}
