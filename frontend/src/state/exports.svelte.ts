// The export of what the list shows, and its result.
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import type { AppError, ExportFormat, Exported, Query } from '../lib/idv'

export class Exports {
  /** An export, or its save dialog, is under way. */
  busy = $state(false)
  result = $state.raw<Exported | null>(null)

  constructor(
    readonly api: Api,
    readonly failed: (error: AppError, retry: () => void) => void,
    /** Hears of each file. asked: somebody has named it. */
    readonly written: (result: Exported, asked: boolean) => void,
  ) {}

  /** Writes what a query finds. ask: choose the place in the system's dialog. */
  async run(query: Query, format: ExportFormat, ask: boolean): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.result = null
    try {
      this.result = await this.api.exportView(query, format, ask)
      if (this.result) this.written(this.result, ask)
    } catch (reason) {
      const error = asAppError(reason)
      if (error.code !== 'cancelled') this.failed(error, () => void this.run(query, format, ask))
    } finally {
      this.busy = false
    }
  }

  async showInFolder(): Promise<void> {
    if (!this.result) return
    try {
      await this.api.showInFolder()
    } catch (reason) {
      this.failed(asAppError(reason), () => void this.showInFolder())
    }
  }

  dismiss(): void {
    this.result = null
  }
}
