import { describe, expect, it, vi } from 'vitest'
import type { Me, Permission } from '@/http/apiTypes'

vi.mock('@/http/api', () => ({ api: {} }))
vi.mock('@/http/client', () => ({ onSignedOut: () => {} }))
vi.mock('@/live/hubConnection', () => ({ liveHub: {} }))
vi.mock('./sessionStore', () => ({ useSession: () => ({}) }))
const { safeReturn, startPage } = await import('./startPage')

const post = (area: string, ...may: Permission[]): Me['posts'][number] => ({
  post: 'p',
  name: '岗位',
  nameEn: 'Post',
  area,
  areaName: area,
  level: area,
  may,
})

const me = (...posts: Me['posts']): Me => ({
  id: 'x',
  name: '某人',
  pack: { id: 'p', name: '某县', nameEn: 'County', timeZone: 'Asia/Shanghai' },
  posts,
  home: posts[0]?.area ?? '',
  demo: false,
  mustChangePassword: false,
  kiosk: false,
  secondFactor: 'off',
  provider: false,
})

const children = (area: string) => (area === 'grid' ? 0 : 5)

describe('the start page', () => {
  it('is the board of the home area for a person who may reopen or administer', () => {
    expect(startPage(me(post('town', 'read', 'assign', 'reopen')), children)).toBe('/board/town')
    expect(startPage(me(post('county', 'administer')), children)).toBe('/board/county')
  })

  it('is the phone page for a person whose posts are all in grids', () => {
    expect(startPage(me(post('grid', 'report')), children)).toBe('/m')
    expect(startPage(me(post('grid', 'report'), post('village', 'read')), children)).toBe('/console')
  })

  it('is the board of its area for a wall screen', () => {
    expect(startPage({ ...me(post('grid', 'read')), kiosk: true }, children)).toBe('/board/grid')
  })

  it('is the console for every other official', () => {
    expect(startPage(me(post('town', 'read', 'assign', 'transfer', 'close')), children)).toBe('/console')
    expect(startPage(me(), children)).toBe('/console')
  })
})

describe('the way back after signing in', () => {
  it('leads to our own pages only', () => {
    expect(safeReturn('/board/430281?by=open')).toBe('/board/430281?by=open')
    expect(safeReturn('/m')).toBe('/m')
    for (const bad of ['https://elsewhere.example/', '//elsewhere.example', '/mirror', '/api/me', undefined, ['/m']])
      expect(safeReturn(bad)).toBeNull()
  })
})
