// An archive in memory that behaves as the Go program does: for the tests, and
// for work on the window without Go.
import { noJob, noJobs } from '../lib/idv'
import type { AppError, ExportFormat, Exported, Job, Jobs, Origin, Page, Phase, Query, Rejection, Rejections, State, Status } from '../lib/idv'
import type { Api, Unsubscribe } from './api'
import { fakeRow, matches } from './fake-rows'

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

const failure = (code: string, message: string, hint: string): AppError => ({ code, message, hint })

type Kind = 'sync' | 'export'

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

  #jobs = noJobs()
  #cancelled: Record<Kind, boolean> = { sync: false, export: false }
  #onJobs = new Set<(jobs: Jobs) => void>()
  #onStore = new Set<(status: Status) => void>()
  #found = { text: '', seq: -1, numbers: [] as number[] }

  constructor(readonly options: FakeOptions) {}

  async state(): Promise<State> {
    this.#fail('state')
    const { origin, synced, problem } = this
    return { version: '0.0.0', dataDir: '/home/ana/veridesk', origin: { ...origin }, status: this.#status(), synced, problem, jobs: await this.jobs() }
  }

  async reopen(): Promise<State> {
    this.problem = null
    return this.state()
  }

  async find(query: Query): Promise<Page> {
    const { seq, total } = this
    await this.options.think()
    this.#fail('find')
    if (query.text.trim() === '') {
      const count = Math.max(0, Math.min(query.limit, total - query.offset))
      const rows = Array.from({ length: count }, (_, i) => fakeRow(total - 1 - query.offset - i))
      return { seq, total, offset: query.offset, rows }
    }
    const numbers = this.#search(query.text)
    const rows = numbers.slice(query.offset, query.offset + query.limit).map((n) => fakeRow(n))
    return { seq, total: numbers.length, offset: query.offset, rows }
  }

  async startDemo(): Promise<void> {
    this.#fail('startDemo')
    void this.#sync({ kind: 'demo', address: '', needsKey: false }, this.options.sessions, [])
  }

  async connect(address: string, key: string): Promise<void> {
    this.#fail('connect')
    if (!/^https:\/\//.test(address)) {
      throw failure('invalid', 'The address must begin with https://. Nothing was changed.', 'Copy the address from the portal’s settings.')
    }
    const refused = failure('refused', 'The portal refused the key. Your archive is as it was.', 'Check the key in the portal’s settings and type it again.')
    void this.#sync({ kind: 'portal', address, needsKey: false }, this.options.sessions, [], key === 'wrong' ? refused : null)
  }

  async importCsv(): Promise<boolean> {
    this.#fail('importCsv')
    void this.#sync({ kind: 'csv', address: '', needsKey: false }, this.options.sessions, REJECTED)
    return true
  }

  async refresh(): Promise<void> {
    this.#fail('refresh')
    if (this.origin.needsKey) throw failure('key_needed', 'The portal’s key is needed again: it is not kept when the app is closed.', 'Enter the key to go on.')
    void this.#sync(this.origin, this.total + 214, [])
  }

  async cancelSync(): Promise<void> {
    this.#cancelled.sync = true
  }

  async exportView(query: Query, format: ExportFormat): Promise<Exported | null> {
    this.#fail('exportView')
    const { total } = await this.find({ ...query, limit: 0 })
    this.#begin('export')
    for (let step = 1; step <= this.options.steps; step++) {
      await this.options.pause()
      if (this.#cancelled.export) {
        this.#end('export', { error: failure('cancelled', 'Stopped.', '') })
        throw failure('cancelled', 'Stopped.', '')
      }
      this.#progress('export', 'writing', Math.round((total * step) / this.options.steps), total)
    }
    this.#end('export', {})
    return { file: `/home/ana/Downloads/sessions_2026-11-22_${total}.${format}`, rows: total, sha256: '0'.repeat(64), altered: this.altered }
  }

  async cancelExport(): Promise<void> {
    this.#cancelled.export = true
  }

  async showInFolder(): Promise<void> {
    this.#fail('showInFolder')
    this.shown++
  }

  async rejected(limit: number): Promise<Rejections> {
    this.#fail('rejected')
    return { total: this.rejections.length, rows: this.rejections.slice(0, limit) }
  }

  async jobs(): Promise<Jobs> {
    return structuredClone(this.#jobs)
  }

  onJobs(listener: (jobs: Jobs) => void): Unsubscribe {
    this.#onJobs.add(listener)
    return () => this.#onJobs.delete(listener)
  }

  onStore(listener: (status: Status) => void): Unsubscribe {
    this.#onStore.add(listener)
    return () => this.#onStore.delete(listener)
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

  #tellStore(): void {
    for (const listener of this.#onStore) listener(this.#status())
  }

  #status(): Status {
    return { seq: this.seq, indexed: this.indexed.seq, total: this.total, noText: false }
  }

  async #sync(origin: Origin, to: number, rejections: Rejection[], refused: AppError | null = null): Promise<void> {
    const from = this.total
    this.#begin('sync')
    if (refused) {
      await this.options.pause()
      return this.#end('sync', { error: refused })
    }
    for (let step = 1; step <= this.options.steps; step++) {
      await this.options.pause()
      if (this.#cancelled.sync) return this.#end('sync', { error: failure('cancelled', 'Stopped.', '') })
      const total = from + Math.round(((to - from) * step) / this.options.steps)
      this.grow(Math.max(0, total - this.total))
      this.#progress('sync', 'reading', this.total - from, to - from)
    }
    this.origin = origin
    this.synced = new Date().toISOString()
    this.rejections = [...rejections, ...this.rejections]
    const added = Math.max(0, to - from)
    this.#end('sync', { report: { read: added, added, changed: 0, unchanged: 0, rejected: rejections.length } })
  }

  #search(text: string): number[] {
    if (this.#found.text !== text || this.#found.seq !== this.indexed.seq) {
      const numbers: number[] = []
      for (let n = this.indexed.total - 1; n >= 0; n--) if (matches(fakeRow(n), text)) numbers.push(n)
      this.#found = { text, seq: this.indexed.seq, numbers }
    }
    return this.#found.numbers
  }

  #fail(method: keyof Api): void {
    const error = this.failNext[method]
    delete this.failNext[method]
    if (error) throw error
  }

  #begin(kind: Kind): void {
    this.#cancelled[kind] = false
    this.#set(kind, { ...noJob(), id: this.#jobs[kind].id + 1, running: true })
  }

  #progress(kind: Kind, phase: Phase, done: number, total: number): void {
    this.#set(kind, { ...this.#jobs[kind], progress: { phase, done, total } })
  }

  #end(kind: Kind, result: Partial<Job>): void {
    this.#set(kind, { ...this.#jobs[kind], running: false, endedAt: new Date().toISOString(), ...result })
  }

  #set(kind: Kind, job: Job): void {
    this.#jobs = { ...this.#jobs, version: this.#jobs.version + 1, [kind]: job }
    for (const listener of this.#onJobs) listener(structuredClone(this.#jobs))
  }
}
