// What is done to single sessions: erasing, and the legal hold that forbids it.
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import type { AppError, Row } from '../lib/idv'

export class Cases {
  /** The session that a dialog asks about. */
  target = $state.raw<Row | null>(null)
  busy = $state(false)
  /** Why the dialog's action failed. */
  error = $state.raw<AppError | null>(null)

  constructor(
    readonly api: Api,
    /** Hears that sessions were changed. */
    readonly changed: () => void,
  ) {}

  ask(row: Row): void {
    this.target = row
    this.error = null
  }

  /** Forgets whom it was about. */
  clear(): void {
    this.target = null
    this.error = null
  }

  erase(row: Row): Promise<boolean> {
    return this.#run(() => this.api.erase([row.sessionId]))
  }

  hold(row: Row, on: boolean): Promise<boolean> {
    return this.#run(() => this.api.hold([row.sessionId], on))
  }

  async #run(call: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.error = null
    try {
      await call()
      this.changed()
      return true
    } catch (reason) {
      this.error = asAppError(reason)
      return false
    } finally {
      this.busy = false
    }
  }
}
