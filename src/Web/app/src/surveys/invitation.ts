import { withBase } from '@/ui/basePath'

/** Where a code leads. It stands behind the #, which browsers send to nobody. */
export const invitationAddress = (code: string): string => `${location.origin}${withBase('/s')}#${code}`
