/** The path of the host below which the service is, without a slash at its end: empty at the root. The service writes it into each page. */
export const basePath =
  typeof document === 'undefined'
    ? ''
    : (document.querySelector('base')?.getAttribute('href') ?? '/').replace(/\/$/, '')

/** The full path of one of our own addresses. Links of the router have it already. */
export const withBase = (address: string): string => basePath + address

/** The address of the page that is open, as the router of the console knows it. */
export const ownAddress = (): string => location.pathname.slice(basePath.length) + location.search
