const name = 'gridactors.token'

/** The token lives in the window, not in the browser: two windows are two people. Without one, the cookie speaks. */
export const token = {
  get: (): string | null => sessionStorage.getItem(name),
  set: (value: string): void => sessionStorage.setItem(name, value),
  clear: (): void => sessionStorage.removeItem(name),
}
