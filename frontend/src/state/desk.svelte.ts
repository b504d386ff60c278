// The whole window's state in one place, and the commands that keys, buttons
// and menus share.
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import type { AppError, ExportFormat, Job, Rejections } from '../lib/idv'
import { Archive } from './archive.svelte'
import { Exports } from './exports.svelte'
import { JobBoard } from './jobs.svelte'
import { Sessions } from './sessions.svelte'

/** A failure that waits for the person. retry is the next step, if there is one. */
export interface Notice {
  error: AppError
  action: 'retry' | 'key'
  run: () => void
}

/** Rejected rows that the dialog shows: more would not be read by anyone, and would make it slow. */
const SHOWN_REJECTED = 500

export class Desk {
  readonly archive: Archive
  readonly jobs: JobBoard
  readonly sessions: Sessions
  readonly exports: Exports

  notice = $state.raw<Notice | null>(null)
  dialog = $state<'' | 'connect' | 'import' | 'rejected'>('')
  rejected = $state.raw<Rejections>({ total: 0, rows: [] })
  /** Rows of the last sync that could not be read, until dismissed. */
  unread = $state(0)

  constructor(readonly api: Api) {
    this.archive = new Archive(api, (error) => (this.notice = { error, action: 'retry', run: () => void this.read() }))
    this.jobs = new JobBoard(api, (job) => void this.#syncEnded(job))
    this.sessions = new Sessions(api)
    this.exports = new Exports(api, (error, run) => (this.notice = { error, action: 'retry', run }))
  }

  /** Subscribes, then reads: nothing that happens between is missed. The returned function ends it. */
  open(): () => void {
    const stopJobs = this.jobs.listen()
    const stopStore = this.archive.listen(() => void this.sessions.storeMoved())
    void this.read()
    return () => {
      stopJobs()
      stopStore()
    }
  }

  /** Reads everything anew; reopen: try again to open an archive that had a problem. */
  async read(reopen = false): Promise<void> {
    const state = await this.archive.read(reopen)
    if (!state) return
    this.jobs.take(state.jobs)
    if (!state.problem) await this.sessions.ask()
  }

  /** Brings in what is new. An origin without an address has only its files to read. */
  async refresh(): Promise<void> {
    if (this.jobs.sync.running) return
    this.notice = null
    if (this.archive.origin.kind === 'csv') return this.importCsv()
    try {
      await this.api.refresh()
    } catch (reason) {
      this.#refreshFailed(asAppError(reason))
    }
  }

  /** Imports CSV exports. A demo archive first says with what they would be mixed. */
  async importCsv(): Promise<void> {
    if (this.archive.origin.kind === 'demo') this.dialog = 'import'
    else await this.chooseCsv()
  }

  /** Opens the file dialog of the CSV import; a failure becomes a notice. */
  async chooseCsv(): Promise<void> {
    this.dialog = ''
    await this.archive.importCsv()
    const { error } = this.archive
    if (error) this.notice = { error, action: 'retry', run: () => void this.chooseCsv() }
  }

  async cancelSync(): Promise<void> {
    await this.#quietly(this.jobs.cancelSync())
  }

  async cancelExport(): Promise<void> {
    await this.#quietly(this.jobs.cancelExport())
  }

  /** Exports what the list shows: the text that its rows answer. */
  export(format: ExportFormat, ask: boolean): Promise<void> {
    return this.exports.run(this.sessions.shownText, format, ask)
  }

  askForKey(): void {
    this.archive.error = null
    this.notice = null
    this.dialog = 'connect'
  }

  async connect(address: string, key: string): Promise<void> {
    if (await this.archive.connect(address, key)) this.dialog = ''
  }

  async openRejected(): Promise<void> {
    try {
      this.rejected = await this.api.rejected(SHOWN_REJECTED)
      this.dialog = 'rejected'
    } catch (reason) {
      this.notice = { error: asAppError(reason), action: 'retry', run: () => void this.openRejected() }
    }
  }

  retryNotice(): void {
    const notice = this.notice
    this.notice = null
    notice?.run()
  }

  #refreshFailed(error: AppError): void {
    if (error.code === 'cancelled') return
    const key = error.code === 'refused' || error.code === 'key_needed'
    this.notice = key
      ? { error, action: 'key', run: () => this.askForKey() }
      : { error, action: 'retry', run: () => void this.refresh() }
  }

  /** On the first run the failure belongs to the choice that was made, else it is a notice. */
  async #syncEnded(job: Job): Promise<void> {
    await this.archive.read()
    // No event tells again what was read just now.
    void this.sessions.storeMoved()
    if (job.error && this.archive.isNew) this.archive.error = job.error.code === 'cancelled' ? null : job.error
    else if (job.error) this.#refreshFailed(job.error)
    this.unread = job.report?.rejected ?? 0
  }

  async #quietly(call: Promise<void>): Promise<void> {
    try {
      await call
    } catch (reason) {
      this.notice = { error: asAppError(reason), action: 'retry', run: () => void this.refresh() }
    }
  }
}
