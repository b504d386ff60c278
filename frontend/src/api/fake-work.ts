// The jobs of the archive in memory: what brings sessions in, and what writes them out.
import type { AppError, ExportFormat, Exported, Jobs, Origin, Query, Rejection, Rejections } from '../lib/idv'
import type { Unsubscribe } from './api'
import { FakeArchive } from './fake-archive'
import { failure } from './fake-failure'
import { FakeJobs } from './fake-jobs'

const REJECTED: Rejection[] = [
  { file: 'verifications.csv', row: 1842, column: 'Birth Date', reason: 'the day 31-02-90 does not exist' },
  { file: 'verifications.csv', row: 977, column: 'Match Level', reason: '"high" is not a number' },
  { file: 'verifications.csv', row: 12, column: '', reason: 'the row has 23 cells, 24 are needed' },
]

export class FakeWork extends FakeArchive {
  origin: Origin = { kind: '', address: '', needsKey: false }
  synced = ''
  rejections: Rejection[] = []
  /** Cells that the next export cannot hold as they are. */
  altered = 0
  protected work = new FakeJobs()

  async startDemo(): Promise<void> {
    if (this.vault.account.phase === 'new') this.vault.open('demo')
    this.enter('startDemo')
    void this.#sync({ kind: 'demo', address: '', needsKey: false }, this.options.sessions, [])
  }

  async connect(address: string, key: string): Promise<void> {
    this.enter('connect')
    this.#keepDemo()
    if (!/^https:\/\//.test(address)) {
      throw failure('invalid', 'The address must begin with https://. Nothing was changed.', 'Copy the address from the portal’s settings.')
    }
    const refused = failure('refused', 'The portal refused the key. Your archive is as it was.', 'Check the key in the portal’s settings and type it again.')
    void this.#sync({ kind: 'portal', address, needsKey: false }, this.options.sessions, [], key === 'wrong' ? refused : null)
  }

  async importCsv(): Promise<boolean> {
    this.enter('importCsv')
    this.#keepDemo()
    void this.#sync({ kind: 'csv', address: '', needsKey: false }, this.options.sessions, REJECTED)
    return true
  }

  async refresh(): Promise<void> {
    this.enter('refresh')
    if (this.origin.needsKey) throw failure('key_needed', 'The portal’s key is needed again: it is not kept when the app is closed.', 'Enter the key to go on.')
    void this.#sync(this.origin, this.total + 214, [])
  }

  async cancelSync(): Promise<void> {
    this.work.cancel('sync')
  }

  async pauseSync(): Promise<void> {
    this.work.pause()
  }

  async exportView(query: Query, format: ExportFormat): Promise<Exported | null> {
    this.enter('exportView')
    const { total } = await this.find({ ...query, limit: 0 })
    this.work.begin('export')
    for (let step = 1; step <= this.options.steps; step++) {
      await this.options.pause()
      if (this.work.cancelled.export) {
        this.work.end('export', { error: failure('cancelled', 'Stopped.', '') })
        throw failure('cancelled', 'Stopped.', '')
      }
      this.work.progress('export', 'writing', Math.round((total * step) / this.options.steps), total)
    }
    this.work.end('export', {})
    return { file: `/home/ana/Downloads/sessions_2026-11-22_${total}.${format}`, rows: total, sha256: '0'.repeat(64), altered: this.altered }
  }

  async cancelExport(): Promise<void> {
    this.work.cancel('export')
  }

  async rejected(limit: number): Promise<Rejections> {
    this.enter('rejected')
    return { total: this.rejections.length, rows: this.rejections.slice(0, limit) }
  }

  async jobs(): Promise<Jobs> {
    return this.work.account
  }

  onJobs(listener: (jobs: Jobs) => void): Unsubscribe {
    return this.work.listen(listener)
  }

  /** Real sessions do not go into an archive that anybody can open. */
  #keepDemo(): void {
    if (this.vault.account.kind === 'demo') throw failure('invalid', 'A demo archive takes no real sessions.', 'Start a protected archive.')
  }

  async #sync(origin: Origin, to: number, rejections: Rejection[], refused: AppError | null = null): Promise<void> {
    const from = this.total
    this.work.begin(origin.kind === 'csv' ? 'import' : 'sync')
    if (refused) {
      await this.options.pause()
      return this.work.end('sync', { error: refused })
    }
    for (let step = 1; step <= this.options.steps; step++) {
      await this.options.pause()
      if (this.work.cancelled.sync || !this.vault.isOpen) return this.work.end('sync', { error: failure('cancelled', 'Stopped.', '') })
      const total = from + Math.round(((to - from) * step) / this.options.steps)
      this.grow(Math.max(0, total - this.total))
      this.work.progress('sync', 'reading', this.total - from, to - from)
    }
    this.origin = origin
    this.synced = new Date().toISOString()
    this.rejections = [...rejections, ...this.rejections]
    const added = Math.max(0, to - from)
    this.work.end('sync', { report: { read: added, added, changed: 0, unchanged: 0, rejected: rejections.length } })
  }
}
