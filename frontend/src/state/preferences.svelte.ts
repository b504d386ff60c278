// The settings of the archive, and its backup.
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import { firstSettings } from '../lib/idv'
import type { AppError, Settings } from '../lib/idv'

export class Preferences {
  values = $state.raw<Settings>(firstSettings())
  busy = $state<'' | 'save' | 'backup'>('')
  error = $state.raw<AppError | null>(null)
  saved = $state(false)
  /** Bytes that the data folder takes; -1 not known yet. */
  size = $state(-1)
  /** Where the last backup went. */
  backedUp = $state('')

  constructor(
    readonly api: Api,
    /** Hears of each backup. */
    readonly written: () => void,
  ) {}

  /** Forgets what the last visit left on show. */
  begin(): void {
    this.error = null
    this.saved = false
    this.backedUp = ''
  }

  save(values: Settings): Promise<void> {
    return this.#run('save', async () => {
      await this.api.saveSettings(values)
      this.values = values
      this.saved = true
    })
  }

  backup(): Promise<void> {
    return this.#run('backup', async () => {
      this.backedUp = await this.api.backup()
      if (this.backedUp !== '') this.written()
    })
  }

  /** Looks how much the data folder takes now. */
  async measure(): Promise<void> {
    try {
      this.size = await this.api.dataSize()
    } catch {
      this.size = -1
    }
  }

  async showData(): Promise<void> {
    try {
      await this.api.showData()
    } catch (reason) {
      this.error = asAppError(reason)
    }
  }

  async #run(action: 'save' | 'backup', call: () => Promise<void>): Promise<void> {
    if (this.busy !== '') return
    this.begin()
    this.busy = action
    try {
      await call()
    } catch (reason) {
      this.error = asAppError(reason)
    } finally {
      this.busy = ''
    }
  }
}
