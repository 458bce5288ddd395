import { describe, expect, it } from 'vitest'
import { refusalOf } from './hubError'

describe('an error of the hub', () => {
  it('that asking again won’t change is a refusal, as the API would have said it', () => {
    const error = new Error(
      "An unexpected error occurred invoking 'WatchArea' on the server. HubException: not-your-area: 不在您的岗位范围",
    )
    expect(refusalOf(error)).toMatchObject({ status: 403, code: 'not-your-area', message: '不在您的岗位范围' })
    expect(refusalOf(new Error('not-found: 没有找到'))?.status).toBe(404)
  })

  it('that may pass is none', () => {
    expect(refusalOf(new Error('busy: 请稍后再试'))).toBeNull()
    expect(refusalOf(new Error('Invocation canceled due to the underlying connection being closed.'))).toBeNull()
    expect(refusalOf(new Error('offline'))).toBeNull()
    expect(refusalOf('nonsense')).toBeNull()
  })
})
