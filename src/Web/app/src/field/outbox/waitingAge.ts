const day = 86_400_000

/** Some browsers clear what a page stores after seven days without a visit. Three days leave time to find a signal. */
export const warnAfter = 3 * day

/** How many whole days something waits. A clock that was set back doesn't make it younger than new. */
export const daysWaiting = (since: number, now: number): number => Math.max(0, Math.floor((now - since) / day))

export const isTooOld = (since: number | null, now: number): boolean => since !== null && now - since >= warnAfter
