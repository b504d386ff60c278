// An archive in memory that behaves as the Go program does: for the tests, and
// for work on the window without Go.
import type { AppError, Lock, Settings, State, View } from '../lib/idv'
import type { Details } from '../lib/details'
import type { WindowSettings } from '../lib/window-settings'
import type { Api, Unsubscribe } from './api'
import { fakeDetails } from './fake-details'
import { failure } from './fake-failure'
import { FakeWork } from './fake-work'

export type { FakeOptions } from './fake-archive'

export class FakeApi extends FakeWork implements Api {
  problem: AppError | null = null
  /** How often showInFolder was asked for. */
  shown = 0
  /** The other sessions of a session's person, and what is unlike others in its details, by number. */
  readonly samePerson = new Map<number, number[]>()
  readonly peculiar = new Map<number, Partial<Details>>()
  /** What was kept of the window's own settings. */
  window: Partial<WindowSettings> = {}
  /** What the sessions page keeps in the archive. */
  readonly kept = { views: [] as View[], layout: '' }
  clipboard = ''
  printed = 0
  /** What the system was asked to show. */
  notified: [title: string, text: string][] = []

  async state(): Promise<State> {
    this.fail('state')
    const { origin, synced, problem, vault } = this
    const rest = { jobs: await this.jobs(), lock: vault.account, settings: { ...vault.settings } }
    return { version: '0.0.0', dataDir: '/home/ana/veridesk', origin: { ...origin }, status: this.status(), synced, problem, ...rest }
  }

  async reopen(): Promise<State> {
    this.problem = null
    return this.state()
  }

  /** The photos of the session come, and no others. */
  async fetchPhotos(ordinal: number): Promise<void> {
    this.enter('fetchPhotos')
    this.work.begin('photos')
    void this.options.pause().then(() => {
      this.peculiar.set(ordinal, { ...this.peculiar.get(ordinal), missing: [] })
      this.work.end('photos', {})
    })
  }

  async details(ordinal: number): Promise<Details> {
    await this.options.think()
    this.enter('details')
    if (ordinal >= this.total) throw failure('not_found', 'There is no such session.', 'Go back to the list.')
    const same = (this.samePerson.get(ordinal) ?? []).map((n) => this.row(n))
    return { ...fakeDetails(this.row(ordinal), same, this.seq), ...this.peculiar.get(ordinal) }
  }

  async views(): Promise<View[]> {
    this.enter('views')
    return structuredClone(this.kept.views)
  }

  async saveViews(views: View[]): Promise<void> {
    this.enter('saveViews')
    this.kept.views = structuredClone(views)
  }

  async layout(): Promise<string> {
    this.enter('layout')
    return this.kept.layout
  }

  async saveLayout(layout: string): Promise<void> {
    this.enter('saveLayout')
    this.kept.layout = layout
  }

  async showInFolder(): Promise<void> {
    this.fail('showInFolder')
    this.shown++
  }

  onLock(listener: (lock: Lock) => void): Unsubscribe {
    return this.vault.listen(listener)
  }

  async protect(passphrase: string, keychainOnly: boolean): Promise<string> {
    this.fail('protect')
    return this.vault.create(passphrase, keychainOnly)
  }

  async unlock(passphrase: string): Promise<void> {
    await this.options.think()
    this.fail('unlock')
    this.vault.unlock(passphrase)
  }

  async recover(code: string, passphrase: string): Promise<void> {
    await this.options.think()
    this.fail('recover')
    this.vault.recover(code, passphrase)
  }

  async lock(): Promise<void> {
    this.work.cancel('sync')
    this.work.cancel('export')
    this.vault.close('user')
  }

  async touch(): Promise<void> {
    this.vault.touches++
  }

  async changePassphrase(old: string, passphrase: string): Promise<void> {
    this.enter('changePassphrase')
    this.vault.change(old, passphrase)
  }

  async newRecoveryCode(passphrase: string): Promise<string> {
    this.enter('newRecoveryCode')
    return this.vault.renew(passphrase)
  }

  async wipe(word: string): Promise<void> {
    this.fail('wipe')
    this.vault.wipe(word)
    Object.assign(this, { origin: { kind: '', address: '', needsKey: false }, total: 0, seq: 0, synced: '', rejections: [] })
    this.indexed = { seq: 0, total: 0 }
    Object.assign(this.kept, { views: [], layout: '' })
    for (const kept of [this.gone, this.onHold, this.liquidated]) kept.clear()
  }

  async saveSettings(settings: Settings): Promise<void> {
    this.enter('saveSettings')
    this.vault.save(settings)
  }

  async windowSettings(): Promise<Partial<WindowSettings>> {
    this.fail('windowSettings')
    return { ...this.window }
  }

  async saveWindowSettings(settings: WindowSettings): Promise<void> {
    this.fail('saveWindowSettings')
    this.window = { ...settings }
  }

  async erase(ids: string[]): Promise<number> {
    this.enter('erase')
    for (const id of ids) this.forget(this.numberOf(id), 'user')
    this.changed()
    return ids.length
  }

  async hold(ids: string[], on: boolean): Promise<void> {
    this.enter('hold')
    for (const n of ids.map((id) => this.numberOf(id))) {
      if (on) this.onHold.add(n)
      else this.onHold.delete(n)
      if (!on && this.liquidated.has(n)) this.forget(n, 'portal')
    }
    this.changed()
  }

  async dataSize(): Promise<number> {
    return this.total * 21_000
  }

  async showData(): Promise<void> {
    this.fail('showData')
    this.shown++
  }

  async backup(): Promise<string> {
    this.enter('backup')
    this.work.begin('backup')
    await this.options.pause()
    this.work.end('backup', {})
    return '/home/ana/veridesk-2026-11-22.backup'
  }

  async copy(text: string): Promise<void> {
    this.fail('copy')
    this.clipboard = text
  }

  async uncopy(text: string): Promise<void> {
    this.fail('uncopy')
    if (this.clipboard === text) this.clipboard = ''
  }

  async notify(title: string, text: string): Promise<void> {
    this.fail('notify')
    this.notified.push([title, text])
  }

  async print(): Promise<void> {
    this.printed++
  }

}
