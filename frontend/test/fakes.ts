// Archives in memory for the tests: nothing in them waits for a clock.
import { FakeApi } from '../src/api/fake'
import type { FakeOptions } from '../src/api/fake'

/** An archive whose jobs and answers come as soon as they can. */
export function makeApi(options: Partial<FakeOptions> = {}): FakeApi {
  const now = (): Promise<void> => Promise.resolve()
  return new FakeApi({ sessions: 500, steps: 4, pause: now, think: now, ...options })
}

/** A computer that has no archive yet. */
export function freshApi(options: Partial<FakeOptions> = {}): FakeApi {
  const api = makeApi(options)
  api.vault.wipe('DELETE')
  return api
}

/** A portal's archive with sessions, sealed with a passphrase. */
export function sealedApi(sessions = 6, passphrase = 'open sesame', options: Partial<FakeOptions> = {}): FakeApi {
  const api = makeApi(options)
  api.origin = { kind: 'portal', address: 'https://api.portal.example', needsKey: false }
  api.grow(sessions)
  api.vault.passphrase = passphrase
  api.vault.open('passphrase')
  return api
}

/** A promise that is kept from outside. */
export class Gate {
  #open!: () => void
  readonly passed = new Promise<void>((open) => (this.#open = open))
  open(): void {
    this.#open()
  }
}

/** Waits until everything that is ready has run, a frame has been painted included. */
export async function settled(): Promise<void> {
  await new Promise(requestAnimationFrame)
  for (let i = 0; i < 5; i++) await new Promise((done) => setTimeout(done, 0))
}
