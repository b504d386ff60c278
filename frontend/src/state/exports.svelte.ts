// The export of what the list shows, and its result.
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import { textQuery } from '../lib/idv'
import type { AppError, ExportFormat, Exported } from '../lib/idv'

export class Exports {
  /** An export, or its save dialog, is under way. */
  busy = $state(false)
  result = $state.raw<Exported | null>(null)

  constructor(
    readonly api: Api,
    readonly failed: (error: AppError, retry: () => void) => void,
  ) {}

  /** Writes what a text finds. ask: choose the place in the system's dialog. */
  async run(text: string, format: ExportFormat, ask: boolean): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.result = null
    try {
      this.result = await this.api.exportView(textQuery(text, 0, 0), format, ask)
    } catch (reason) {
      const error = asAppError(reason)
      if (error.code !== 'cancelled') this.failed(error, () => void this.run(text, format, ask))
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
