// The whole window's state in one place, and the commands that keys, buttons
// and menus share.
import type { Api } from '../api/api'
import { asTable, drawn } from '../lib/columns'
import { asAppError } from '../lib/errors'
import { isEmpty } from '../lib/filter'
import { format } from '../lib/format'
import { t } from '../lib/i18n'
import { noFilter, queryOf } from '../lib/idv'
import type { AppError, ExportFormat, Job, Rejections, Row, Settings, View } from '../lib/idv'
import { clearingSeconds } from '../lib/window-settings'
import { Archive } from './archive.svelte'
import type { OriginAction } from './archive.svelte'
import { Cases } from './cases.svelte'
import { Clipboard } from './clipboard.svelte'
import { Commands } from './commands.svelte'
import { deskActions } from './desk-commands'
import { Opened } from './details.svelte'
import { Exports } from './exports.svelte'
import { Guard } from './guard.svelte'
import { JobBoard } from './jobs.svelte'
import { ListLayout } from './layout.svelte'
import { Look } from './look.svelte'
import { Notifier } from './notifier'
import { Preferences } from './preferences.svelte'
import { Sessions } from './sessions.svelte'
import { Undo } from './undo.svelte'
import { Views } from './views.svelte'

/** A failure that waits for the person. retry is the next step, if there is one. */
export interface Notice {
  error: AppError
  action: 'retry' | 'key'
  run: () => void
}

/** replace: a demo archive is to give way to a protected one. */
export type DialogName = '' | 'connect' | 'import' | 'rejected' | 'settings' | 'replace' | 'erase' | 'hold' | 'palette' | 'help' | 'columns' | 'view'

/** main: of the archive; window: of this window. */
export type SettingsPage = 'main' | 'window' | 'passphrase' | 'code' | 'wipe'

/** Rejected rows that the dialog shows: more would not be read by anyone, and would make it slow. */
const SHOWN_REJECTED = 500

const nothingRejected = (): Rejections => ({ total: 0, rows: [] })

export class Desk {
  readonly archive: Archive
  readonly guard: Guard
  readonly preferences: Preferences
  readonly cases: Cases
  readonly jobs: JobBoard
  readonly sessions: Sessions
  readonly opened: Opened
  readonly exports: Exports
  readonly layout: ListLayout
  readonly views: Views
  readonly clipboard: Clipboard
  readonly undo = new Undo()
  readonly look: Look
  readonly notifier: Notifier
  readonly commands: Commands

  notice = $state.raw<Notice | null>(null)
  dialog = $state<DialogName>('')
  /** The page of the settings that is open. */
  settingsPage = $state<SettingsPage>('main')
  /** How a new archive is to begin. */
  choice = $state<OriginAction>('demo')
  rejected = $state.raw<Rejections>(nothingRejected())
  /** Rows of the last sync that could not be read, until dismissed. */
  unread = $state(0)

  constructor(readonly api: Api) {
    this.archive = new Archive(api, (error) => this.#warn(error, () => void this.read()))
    this.guard = new Guard(api, () => this.#phaseChanged())
    this.preferences = new Preferences(api, () => this.notifier.backedUp())
    this.jobs = new JobBoard(api, (job) => void this.#syncEnded(job), (error) => this.#photosCame(error))
    this.sessions = new Sessions(api)
    this.opened = new Opened(api)
    this.cases = new Cases(api, () => void this.sessions.storeMoved())
    this.exports = new Exports(api, (error, run) => this.#warn(error, run), (result, asked) => this.notifier.exported(result, asked))
    this.layout = new ListLayout(api, (error, run) => this.#warn(error, run))
    this.views = new Views(api, (error, run) => this.#warn(error, run))
    this.look = new Look(api, (error, run) => this.#warn(error, run))
    this.notifier = new Notifier(api, this.jobs, () => !this.look.values.quiet)
    this.clipboard = new Clipboard(api, (error, run) => this.#warn(error, run), () => clearingSeconds(this.look.values.clearing))
    this.commands = new Commands(() => this.dialog !== '', () => this.look.values.noLetters)
    this.commands.provide(deskActions(this))
  }

  /** Subscribes, then reads: nothing that happens between is missed. The returned function ends it. */
  open(): () => void {
    const stops = [this.jobs.listen(), this.guard.listen(), this.archive.listen(() => this.#storeMoved())]
    void this.read()
    return () => stops.forEach((stop) => stop())
  }

  /** Reads everything anew; reopen: try again to open an archive that had a problem. */
  async read(reopen = false): Promise<void> {
    const state = await this.archive.read(reopen)
    if (!state) return
    this.preferences.values = state.settings
    this.guard.idle = state.settings.lockMinutes * 60
    if (this.guard.take(state.lock)) this.#closed()
    this.jobs.take(state.jobs)
    if (!this.guard.isOpen) return this.#openByItself()
    if (state.problem) return
    void this.layout.read()
    void this.views.read()
    await this.sessions.ask()
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

  /** Imports CSV exports. Beside invented sessions real ones are not put without a word. */
  async importCsv(): Promise<void> {
    if (this.guard.isDemo) this.#replace('csv')
    else if (this.archive.origin.kind === 'demo') this.dialog = 'import'
    else await this.chooseCsv()
  }

  /** Opens the file dialog of the CSV import; a failure becomes a notice. */
  async chooseCsv(): Promise<void> {
    this.dialog = ''
    await this.archive.importCsv()
    const { error } = this.archive
    if (error) this.#warn(error, () => void this.chooseCsv())
  }

  /** Fetches the photos that are still at the portal, a session's first. */
  async fetchPhotos(ordinal: number): Promise<void> {
    this.notice = null
    try {
      await this.api.fetchPhotos(ordinal)
    } catch (reason) {
      this.#warn(asAppError(reason), () => void this.fetchPhotos(ordinal))
    }
  }

  async cancelSync(): Promise<void> {
    await this.#quietly(this.jobs.cancelSync())
  }

  /** Pauses what comes from the portal, until it is resumed or the app is started again: refresh goes on. */
  async pauseSync(): Promise<void> {
    await this.#quietly(this.jobs.pauseSync())
  }

  async cancelExport(): Promise<void> {
    await this.#quietly(this.jobs.cancelExport())
  }

  /** Exports what the list shows: the search that its rows answer. */
  export(format: ExportFormat, ask: boolean): Promise<void> {
    return this.exports.run(queryOf(this.sessions.shown, 0, 0), format, ask)
  }

  /** Exports what is ticked. */
  exportSelected(): Promise<void> {
    const { selection, shown } = this.sessions
    return this.exports.run(selection.query(shown), 'csv', false)
  }

  /** Copies what is ticked, or else the active row, as a table of the columns in view. */
  async copyRows(): Promise<void> {
    const { sessions } = this
    const active = sessions.pages.row(sessions.active)
    const columns = drawn(this.layout.value, 0)
    try {
      const rows = sessions.ticked > 0 ? await sessions.selection.rows(sessions.shown) : active ? [active] : []
      if (rows.length > 0) await this.#copyTable(asTable(rows, columns), rows.length)
    } catch (reason) {
      this.#warn(asAppError(reason), () => void this.copyRows())
    }
  }

  /** More than can be pasted is ticked: what was copied is said to be a part, and the export of all is offered. */
  #copyTable(table: string, count: number): Promise<void> {
    const { ticked } = this.sessions
    if (ticked <= count) return this.clipboard.copy(table, t('copy.rows', { count, seconds: this.clipboard.kept() }))
    const all = { label: t('copy.export', { count: format.number(ticked) }), run: () => void this.exportSelected() }
    return this.clipboard.copy(table, t('copy.part', { count: format.number(count), total: format.number(ticked), seconds: this.clipboard.kept() }), all)
  }

  /** Takes all filters away; that can be taken back. */
  async clearFilters(): Promise<void> {
    const { sessions } = this
    const { filter } = sessions.wanted
    if (isEmpty(filter)) return
    this.undo.put(t('filter.cleared'), () => void sessions.narrow(filter))
    await sessions.narrow(noFilter())
  }

  /** Takes a saved view away; that can be taken back at once, though it is not kept yet. */
  removeView(view: View): void {
    this.undo.put(t('view.removed', { name: view.name }), this.views.remove(view))
  }

  askForKey(): void {
    this.archive.error = null
    this.notice = null
    if (this.guard.isDemo) this.#replace('portal')
    else this.dialog = 'connect'
  }

  async connect(address: string, key: string): Promise<void> {
    if (await this.archive.connect(address, key)) this.dialog = ''
  }

  async openRejected(): Promise<void> {
    try {
      const rejected = await this.api.rejected(SHOWN_REJECTED)
      if (!this.guard.isOpen) return
      this.rejected = rejected
      this.dialog = 'rejected'
    } catch (reason) {
      this.#warn(asAppError(reason), () => void this.openRejected())
    }
  }

  /** Closes the archive now. A failure leaves it open, and so is told. */
  async lock(): Promise<void> {
    if (!this.guard.isOpen) return
    try {
      await this.api.lock()
    } catch (reason) {
      this.#warn(asAppError(reason), () => void this.lock())
    }
  }

  openSettings(page: SettingsPage = 'main'): void {
    this.preferences.begin()
    this.guard.error = null
    this.settingsPage = page
    this.dialog = 'settings'
  }

  async saveSettings(settings: Settings): Promise<void> {
    await this.preferences.save(settings)
    this.guard.idle = this.preferences.values.lockMinutes * 60
  }

  /** Offers to put a protected archive in the place of a demo. */
  askReplace(): void {
    this.#replace('portal')
  }

  /** Lets the demo archive go, and begins anew. */
  async replaceDemo(): Promise<void> {
    await this.guard.wipe()
  }

  askErase(row: Row): void {
    if (row.erased === '') this.#askAbout('erase', row)
  }

  /** Puts a session under hold or lifts it; what lifting would erase is asked about first. */
  async toggleHold(row: Row): Promise<void> {
    if (row.hold && row.liquidated) return this.#askAbout('hold', row)
    if (await this.cases.hold(row, !row.hold)) return
    const { error } = this.cases
    if (error) this.#warn(error, () => void this.toggleHold(row))
  }

  closeDialog(): void {
    this.dialog = ''
    this.cases.clear()
    this.guard.code = ''
  }

  retryNotice(): void {
    const notice = this.notice
    this.notice = null
    notice?.run()
  }

  #askAbout(dialog: 'erase' | 'hold', row: Row): void {
    this.cases.ask(row)
    this.dialog = dialog
  }

  #replace(choice: OriginAction): void {
    this.choice = choice
    this.guard.error = null
    this.dialog = 'replace'
  }

  #storeMoved(): void {
    void this.sessions.storeMoved()
    void this.views.count()
  }

  #phaseChanged(): void {
    this.#closed()
    void this.read()
  }

  /** Keeps nothing on show, or at all, that the lock has taken away. */
  #closed(): void {
    if (!this.guard.isOpen) this.#blank()
    if (this.guard.lock.phase === 'new') this.#forget()
  }

  /** Drops at once all that tells of a person; the place in the list and the text of the search stay. */
  #blank(): void {
    this.sessions.blank()
    this.views.clear()
    this.undo.clear()
    this.opened.forget()
    this.closeDialog()
    this.notice = null
    this.rejected = nothingRejected()
    this.exports.dismiss()
  }

  /** There is no archive any more: nothing of it is of use to the next. */
  #forget(): void {
    this.archive.forget()
    this.sessions.forget()
    this.opened.close()
    this.guard.unconfirmed = false
    this.unread = 0
  }

  /** A demo archive needs no secret, unless it was closed on purpose. */
  #openByItself(): void {
    const { phase, reason } = this.guard.lock
    if (phase === 'locked' && this.guard.isDemo && reason === '' && !this.guard.error) void this.guard.unlock('')
  }

  #warn(error: AppError, run: () => void, action: Notice['action'] = 'retry'): void {
    // That it is locked is seen, and after that there is nothing to retry.
    if (error.code !== 'locked') this.notice = { error, action, run }
  }

  #refreshFailed(error: AppError): void {
    if (error.code === 'cancelled') return
    if (error.code === 'refused' || error.code === 'key_needed') this.#warn(error, () => this.askForKey(), 'key')
    else this.#warn(error, () => void this.refresh())
  }

  /** Rows may have a photo now; why no more come is said, unless somebody stopped them. */
  #photosCame(error: AppError | null): void {
    void this.sessions.storeMoved()
    this.opened.photosCame()
    if (error && error.code !== 'cancelled' && this.guard.isOpen) this.#warn(error, () => void this.refresh())
  }

  /** On the first run the failure belongs to the choice that was made, else it is a notice. */
  async #syncEnded(job: Job): Promise<void> {
    if (!this.guard.isOpen) return
    if (job.kind === 'import' && !job.error) this.notifier.imported(job)
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
      this.#warn(asAppError(reason), () => void this.refresh())
    }
  }
}
