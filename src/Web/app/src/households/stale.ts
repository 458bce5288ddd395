import type { ApiError } from '@/http/httpClient'

/** Whether a write was refused because somebody changed the household meanwhile: it is read again, and what was typed stays. */
export const isStale = (error: ApiError | null): boolean => error?.status === 412 || error?.status === 409
