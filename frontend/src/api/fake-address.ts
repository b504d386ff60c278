// The archive in memory as the page's address asks for it, so that any state of
// the window can be looked at: ?origin=demo&sessions=1000000&pause=300&think=40.
import type { OriginKind } from '../lib/idv'
import { FakeApi } from './fake'

export function fakeFromAddress(search: string): FakeApi {
  const asked = new URLSearchParams(search)
  const number = (name: string, otherwise: number): number => Number(asked.get(name) ?? otherwise)
  const wait = (ms: number) => (): Promise<void> => new Promise((done) => setTimeout(done, ms))
  const sessions = number('sessions', 12_480)
  const api = new FakeApi({ sessions, steps: 20, pause: wait(number('pause', 60)), think: wait(number('think', 5)) })
  const origin = asked.get('origin')
  if (origin) {
    const address = origin === 'portal' ? 'https://api.portal.example' : ''
    api.origin = { kind: origin as OriginKind, address, needsKey: asked.has('needsKey') }
    if (!asked.has('empty')) {
      api.grow(sessions)
      api.synced = new Date(Date.now() - 3_600_000).toISOString()
    }
  }
  const failing = asked.get('fail')
  if (failing) {
    api.failNext[failing as keyof FakeApi['failNext']] = {
      code: asked.get('code') ?? 'unreachable',
      message: 'The portal did not answer. Your archive is as it was.',
      hint: 'Check the connection and try again.',
    }
  }
  return api
}
