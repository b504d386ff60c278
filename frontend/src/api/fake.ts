// An archive in memory that behaves as the Go program does: for the tests, and
// for work on the window without Go.
import { noFacets, noFilter, noSearch } from '../lib/idv'
import type { AppError, Erased, ExportFormat, Exported, Jobs, Lock, Nearest, Origin, Page, Query, Rejection, Rejections, Row, Settings, Spoof, State, Status, View } from '../lib/idv'
import type { Details } from '../lib/details'
import type { WindowSettings } from '../lib/window-settings'
import type { Api, Unsubscribe } from './api'
import { findIn } from './fake-find'
import type { Found } from './fake-find'
import { fakeDetails } from './fake-details'
import { FakeJobs } from './fake-jobs'
import { fakeRow, tombstone } from './fake-rows'
import { FakeVault } from './fake-vault'

export interface FakeOptions {
  /** Sessions that a sync brings in. */
  sessions: number
  /** Steps in which a sync or an export goes on. */
  steps: number
  /** Waits between two steps of a job. */
  pause: () => Promise<void>
  /** Waits before an answer to find. */
  think: () => Promise<void>
}

const REJECTED: Rejection[] = [
  { file: 'verifications.csv', row: 1842, column: 'Birth Date', reason: 'the day 31-02-90 does not exist' },
  { file: 'verifications.csv', row: 977, column: 'Match Level', reason: '"high" is not a number' },
  { file: 'verifications.csv', row: 12, column: '', reason: 'the row has 23 cells, 24 are needed' },
]

/** Everything newest first, without counts: the answer needs no search. */
function isWhole({ text, filter, sort, facets, only, except }: Query): boolean {
  const plain = JSON.stringify([text.trim(), filter, sort, only, except]) === JSON.stringify(['', noFilter(), noSearch().sort, [], []])
  return plain && !facets
}

const failure = (code: string, message: string, hint: string): AppError => ({ code, message, hint })

export class FakeApi implements Api {
  origin: Origin = { kind: '', address: '', needsKey: false }
  total = 0
  seq = 0
  /** What the text search has seen: it may trail the archive. */
  indexed = { seq: 0, total: 0 }
  rejections: Rejection[] = []
  /** The failure of the next call of a method, by its name. */
  failNext: Partial<Record<keyof Api, AppError>> = {}
  synced = ''
  problem: AppError | null = null
  /** Cells that the next export cannot hold as they are. */
  altered = 0
  /** How often showInFolder was asked for. */
  shown = 0
  readonly vault = new FakeVault()
  /** Sessions that are gone or held, and those that the portal has erased, by number. */
  readonly gone = new Map<number, Erased>()
  readonly onHold = new Set<number>()
  readonly liquidated = new Set<number>()
  /** The other sessions of a session's person, and what is unlike others in its details, by number. */
  readonly samePerson = new Map<number, number[]>()
  readonly peculiar = new Map<number, Partial<Details>>()
  /** What was kept of the window's own settings. */
  window: Partial<WindowSettings> = {}
  /** What the sessions page keeps in the archive. */
  readonly kept = { views: [] as View[], layout: '' }
  clipboard = ''
  printed = 0

  #work = new FakeJobs()
  #onStore = new Set<(status: Status) => void>()
  #found = { key: '', found: { numbers: [], near: new Map(), facets: noFacets() } as Found }

  constructor(readonly options: FakeOptions) {}

  async state(): Promise<State> {
    this.#fail('state')
    const { origin, synced, problem, vault } = this
    const rest = { jobs: await this.jobs(), lock: vault.account, settings: { ...vault.settings } }
    return { version: '0.0.0', dataDir: '/home/ana/veridesk', origin: { ...origin }, status: this.#status(), synced, problem, ...rest }
  }

  async reopen(): Promise<State> {
    this.problem = null
    return this.state()
  }

  async find(query: Query): Promise<Page> {
    const { seq, total } = this
    await this.options.think()
    this.#enter('find')
    const { offset, limit } = query
    const base = { seq, indexed: seq, near: 0, offset, facets: noFacets(), nearest: [] }
    if (isWhole(query)) {
      const count = Math.max(0, Math.min(limit, total - offset))
      return { ...base, total, rows: Array.from({ length: count }, (_, i) => this.row(total - 1 - offset - i)) }
    }
    const { numbers, near, facets } = this.#search(query, total)
    const rows = numbers.slice(offset, offset + limit).map((n) => ({ ...this.row(n), near: near.get(n) ?? '' }))
    const nearest = numbers.length === 0 ? this.#nearest(query, total) : []
    return { ...base, total: numbers.length, near: near.size, rows, facets, nearest }
  }

  async details(ordinal: number): Promise<Details> {
    await this.options.think()
    this.#enter('details')
    if (ordinal >= this.total) throw failure('not_found', 'There is no such session.', 'Go back to the list.')
    const same = (this.samePerson.get(ordinal) ?? []).map((n) => this.row(n))
    return { ...fakeDetails(this.row(ordinal), same, this.seq), ...this.peculiar.get(ordinal) }
  }

  async views(): Promise<View[]> {
    this.#enter('views')
    return structuredClone(this.kept.views)
  }

  async saveViews(views: View[]): Promise<void> {
    this.#enter('saveViews')
    this.kept.views = structuredClone(views)
  }

  async layout(): Promise<string> {
    this.#enter('layout')
    return this.kept.layout
  }

  async saveLayout(layout: string): Promise<void> {
    this.#enter('saveLayout')
    this.kept.layout = layout
  }

  async startDemo(): Promise<void> {
    if (this.vault.account.phase === 'new') this.vault.open('demo')
    this.#enter('startDemo')
    void this.#sync({ kind: 'demo', address: '', needsKey: false }, this.options.sessions, [])
  }

  async connect(address: string, key: string): Promise<void> {
    this.#enter('connect')
    this.#keepDemo()
    if (!/^https:\/\//.test(address)) {
      throw failure('invalid', 'The address must begin with https://. Nothing was changed.', 'Copy the address from the portal’s settings.')
    }
    const refused = failure('refused', 'The portal refused the key. Your archive is as it was.', 'Check the key in the portal’s settings and type it again.')
    void this.#sync({ kind: 'portal', address, needsKey: false }, this.options.sessions, [], key === 'wrong' ? refused : null)
  }

  async importCsv(): Promise<boolean> {
    this.#enter('importCsv')
    this.#keepDemo()
    void this.#sync({ kind: 'csv', address: '', needsKey: false }, this.options.sessions, REJECTED)
    return true
  }

  async refresh(): Promise<void> {
    this.#enter('refresh')
    if (this.origin.needsKey) throw failure('key_needed', 'The portal’s key is needed again: it is not kept when the app is closed.', 'Enter the key to go on.')
    void this.#sync(this.origin, this.total + 214, [])
  }

  async cancelSync(): Promise<void> {
    this.#work.cancel('sync')
  }

  async exportView(query: Query, format: ExportFormat): Promise<Exported | null> {
    this.#enter('exportView')
    const { total } = await this.find({ ...query, limit: 0 })
    this.#work.begin('export')
    for (let step = 1; step <= this.options.steps; step++) {
      await this.options.pause()
      if (this.#work.cancelled.export) {
        this.#work.end('export', { error: failure('cancelled', 'Stopped.', '') })
        throw failure('cancelled', 'Stopped.', '')
      }
      this.#work.progress('export', 'writing', Math.round((total * step) / this.options.steps), total)
    }
    this.#work.end('export', {})
    return { file: `/home/ana/Downloads/sessions_2026-11-22_${total}.${format}`, rows: total, sha256: '0'.repeat(64), altered: this.altered }
  }

  async cancelExport(): Promise<void> {
    this.#work.cancel('export')
  }

  async showInFolder(): Promise<void> {
    this.#fail('showInFolder')
    this.shown++
  }

  async rejected(limit: number): Promise<Rejections> {
    this.#enter('rejected')
    return { total: this.rejections.length, rows: this.rejections.slice(0, limit) }
  }

  async jobs(): Promise<Jobs> {
    return this.#work.account
  }

  onJobs(listener: (jobs: Jobs) => void): Unsubscribe {
    return this.#work.listen(listener)
  }

  onStore(listener: (status: Status) => void): Unsubscribe {
    this.#onStore.add(listener)
    return () => this.#onStore.delete(listener)
  }

  onLock(listener: (lock: Lock) => void): Unsubscribe {
    return this.vault.listen(listener)
  }

  async protect(passphrase: string, keychainOnly: boolean): Promise<string> {
    this.#fail('protect')
    return this.vault.create(passphrase, keychainOnly)
  }

  async unlock(passphrase: string): Promise<void> {
    await this.options.think()
    this.#fail('unlock')
    this.vault.unlock(passphrase)
  }

  async recover(code: string, passphrase: string): Promise<void> {
    await this.options.think()
    this.#fail('recover')
    this.vault.recover(code, passphrase)
  }

  async lock(): Promise<void> {
    this.#work.cancel('sync')
    this.#work.cancel('export')
    this.vault.close('user')
  }

  async touch(): Promise<void> {
    this.vault.touches++
  }

  async changePassphrase(old: string, passphrase: string): Promise<void> {
    this.#enter('changePassphrase')
    this.vault.change(old, passphrase)
  }

  async newRecoveryCode(passphrase: string): Promise<string> {
    this.#enter('newRecoveryCode')
    return this.vault.renew(passphrase)
  }

  async wipe(word: string): Promise<void> {
    this.#fail('wipe')
    this.vault.wipe(word)
    Object.assign(this, { origin: { kind: '', address: '', needsKey: false }, total: 0, seq: 0, synced: '', rejections: [] })
    this.indexed = { seq: 0, total: 0 }
    Object.assign(this.kept, { views: [], layout: '' })
    for (const kept of [this.gone, this.onHold, this.liquidated]) kept.clear()
  }

  async saveSettings(settings: Settings): Promise<void> {
    this.#enter('saveSettings')
    this.vault.save(settings)
  }

  async windowSettings(): Promise<Partial<WindowSettings>> {
    this.#fail('windowSettings')
    return { ...this.window }
  }

  async saveWindowSettings(settings: WindowSettings): Promise<void> {
    this.#fail('saveWindowSettings')
    this.window = { ...settings }
  }

  async erase(ids: string[]): Promise<number> {
    this.#enter('erase')
    for (const id of ids) this.#forget(this.#numberOf(id), 'user')
    this.#changed()
    return ids.length
  }

  async hold(ids: string[], on: boolean): Promise<void> {
    this.#enter('hold')
    for (const n of ids.map((id) => this.#numberOf(id))) {
      if (on) this.onHold.add(n)
      else this.onHold.delete(n)
      if (!on && this.liquidated.has(n)) this.#forget(n, 'portal')
    }
    this.#changed()
  }

  async backup(): Promise<string> {
    this.#enter('backup')
    return '/home/ana/veridesk-2026-11-22.backup'
  }

  async copy(text: string): Promise<void> {
    this.#fail('copy')
    this.clipboard = text
  }

  async uncopy(text: string): Promise<void> {
    this.#fail('uncopy')
    if (this.clipboard === text) this.clipboard = ''
  }

  async print(): Promise<void> {
    this.printed++
  }

  /** Session number n as the archive holds it now. */
  row(n: number): Row {
    const made = fakeRow(n)
    const low = made.matchLevel > 0 && made.matchLevel < this.vault.settings.acceptedLevel
    const spoofs: Spoof[] = low ? [...made.spoofs, 'lowFar'] : made.spoofs
    const row = { ...made, spoofs, hold: this.onHold.has(n), liquidated: this.liquidated.has(n) }
    const erased = this.gone.get(n)
    return erased ? tombstone(row, erased) : row
  }

  /** Brings new sessions in at once; the text search sees them with catchUp. */
  write(by: number): void {
    this.total += by
    this.seq++
    this.#tellStore()
  }

  /** Lets the text search see everything. */
  catchUp(): void {
    this.indexed = { seq: this.seq, total: this.total }
    this.#tellStore()
  }

  /** Lets the text search begin anew with the oldest sessions; catchUp brings the rest. */
  rebuild(oldest = 0): void {
    this.indexed = { seq: 0, total: oldest }
    this.#tellStore()
  }

  /** Brings new sessions in, for the list and for the text search. */
  grow(by: number): void {
    this.write(by)
    this.catchUp()
  }

  #numberOf(id: string): number {
    for (let n = this.total - 1; n >= 0; n--) if (fakeRow(n).sessionId === id) return n
    throw failure('not_found', 'There is no such session. Nothing was erased.', '')
  }

  #forget(n: number, why: Erased): void {
    if (this.onHold.has(n)) throw failure('invalid', 'The session is under legal hold. Nothing was erased.', 'Lift the hold first.')
    this.gone.set(n, why)
  }

  #changed(): void {
    this.seq++
    this.catchUp()
  }

  /** Real sessions do not go into an archive that anybody can open. */
  #keepDemo(): void {
    if (this.vault.account.kind === 'demo') throw failure('invalid', 'A demo archive takes no real sessions.', 'Start a protected archive.')
  }

  /** Begins a call that needs the archive to be open. */
  #enter(method: keyof Api): void {
    this.#fail(method)
    if (!this.vault.isOpen) throw failure('locked', 'The archive is locked.', 'Unlock it.')
  }

  #tellStore(): void {
    for (const listener of this.#onStore) listener(this.#status())
  }

  #status(): Status {
    return { seq: this.seq, indexed: this.indexed.seq, total: this.total, noText: false }
  }

  async #sync(origin: Origin, to: number, rejections: Rejection[], refused: AppError | null = null): Promise<void> {
    const from = this.total
    this.#work.begin('sync')
    if (refused) {
      await this.options.pause()
      return this.#work.end('sync', { error: refused })
    }
    for (let step = 1; step <= this.options.steps; step++) {
      await this.options.pause()
      if (this.#work.cancelled.sync || !this.vault.isOpen) return this.#work.end('sync', { error: failure('cancelled', 'Stopped.', '') })
      const total = from + Math.round(((to - from) * step) / this.options.steps)
      this.grow(Math.max(0, total - this.total))
      this.#work.progress('sync', 'reading', this.total - from, to - from)
    }
    this.origin = origin
    this.synced = new Date().toISOString()
    this.rejections = [...rejections, ...this.rejections]
    const added = Math.max(0, to - from)
    this.#work.end('sync', { report: { read: added, added, changed: 0, unchanged: 0, rejected: rejections.length } })
  }

  #search(query: Query, total: number): Found {
    const { offset: _, limit: __, ...asked } = query
    const key = JSON.stringify([asked, this.indexed.seq, total, this.seq, this.vault.settings.acceptedLevel])
    if (this.#found.key !== key) this.#found = { key, found: findIn(query, total, this.indexed.total, (n) => this.row(n)) }
    return this.#found.found
  }

  /** Shorter beginnings of a text that finds nothing. */
  #nearest(query: Query, total: number): Nearest[] {
    const signs = [...query.text.trim()]
    for (let length = signs.length - 1; length >= 2; length--) {
      const text = signs.slice(0, length).join('').trim()
      const { numbers } = this.#search({ ...query, text, facets: false }, total)
      if (numbers.length > 0) return [{ text, total: numbers.length }]
    }
    return []
  }

  #fail(method: keyof Api): void {
    const error = this.failNext[method]
    delete this.failNext[method]
    if (error) throw error
  }
}
