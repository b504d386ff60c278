// The archive in memory as the page's address asks for it, so that any state of
// the window can be looked at: ?origin=demo&sessions=1000000&pause=300&think=40,
// ?origin=portal&lock=keychain&locked=idle, ?language=ka&theme=dark&scale=150.
// The language "pseudo" is English made longer.
import type { LockKind, LockReason, OriginKind } from '../lib/idv'
import en from '../locales/en.json'
import { LANGUAGES } from '../lib/languages'
import { pseudo } from '../lib/pseudo'
import type { WindowSettings } from '../lib/window-settings'
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
  if (asked.has('same')) api.samePerson.set(api.total - 1, [api.total - 41, api.total - 900])
  setLock(api, asked)
  setWindow(api, asked)
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

/** A first run unless there is an origin; a real one's passphrase is "open sesame". */
function setLock(api: FakeApi, asked: URLSearchParams): void {
  const origin = asked.get('origin')
  if (!origin) return api.vault.wipe('DELETE')
  api.vault.passphrase = origin === 'demo' || asked.get('lock') === 'keychain' ? '' : 'open sesame'
  api.vault.open((asked.get('lock') ?? (origin === 'demo' ? 'demo' : 'passphraseKeychain')) as LockKind)
  const ways = ['user', 'portal', 'retention'] as const
  if (asked.has('gone')) for (const [i, why] of ways.entries()) api.gone.set(api.total - 4 - i, why)
  if (asked.has('gone')) api.onHold.add(api.total - 2)
  if (asked.has('locked')) api.vault.close((asked.get('locked') ?? '') as LockReason)
}

/** The window's own settings, by their names. */
function setWindow(api: FakeApi, asked: URLSearchParams): void {
  const { scale, noLetters, ...texts } = Object.fromEntries(asked)
  api.window = { ...(texts as Partial<WindowSettings>), scale: Number(scale), noLetters: noLetters !== undefined }
  if (asked.get('language') === 'pseudo') LANGUAGES.en.load = async () => pseudo(en)
}
