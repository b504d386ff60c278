// The columns of the list as a person wants them. A change shows at once; then
// it is kept in the archive.
import type { Api } from '../api/api'
import { firstLayout, readLayout } from '../lib/columns'
import type { Layout } from '../lib/columns'
import { asAppError } from '../lib/errors'
import type { AppError } from '../lib/idv'
import { Trailing } from './trailing'

export class ListLayout {
  value = $state.raw<Layout>(firstLayout())
  #kept = new Trailing(() => this.api.saveLayout(JSON.stringify(this.value)))

  constructor(
    readonly api: Api,
    readonly failed: (error: AppError, retry: () => void) => void,
  ) {}

  /** Reads what was kept. What cannot be read is as it comes. */
  async read(): Promise<void> {
    try {
      this.value = readLayout(await this.api.layout())
    } catch {
      this.value = firstLayout()
    }
  }

  /** Shows a layout; a drag under way is kept when it ends. */
  show(layout: Layout): void {
    this.value = layout
  }

  async change(layout: Layout): Promise<void> {
    this.value = layout
    try {
      await this.#kept.keep()
    } catch (reason) {
      this.failed(asAppError(reason), () => void this.change(this.value))
    }
  }
}
