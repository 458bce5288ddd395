import { describe, expect, it } from 'vitest'
import { refusalOf } from './hubError'

describe('a hub error', () => {
  it('is an error of the API when a retry cannot help', () => {
    const error = new Error(
      "An unexpected error occurred invoking 'WatchArea' on the server. HubException: not-your-area: 不在您的岗位范围",
    )
    expect(refusalOf(error)).toMatchObject({ status: 403, code: 'not-your-area', message: '不在您的岗位范围' })
    expect(refusalOf(new Error('not-found: 没有找到'))?.status).toBe(404)
  })

  it('is none when a retry may help', () => {
    expect(refusalOf(new Error('busy: 请稍后再试'))).toBeNull()
    expect(refusalOf(new Error('Invocation canceled due to the underlying connection being closed.'))).toBeNull()
    expect(refusalOf(new Error('offline'))).toBeNull()
    expect(refusalOf('nonsense')).toBeNull()
  })
})
