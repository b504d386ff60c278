// What was copied: personal data stay on the clipboard for a short time only, unless
// somebody wants otherwise.
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import type { AppError } from '../lib/idv'

/** What can be done next, beside what was said. */
export interface Step {
  label: string
  run: () => void
}

/** How long it is said that something was copied that stays, in seconds. */
const SAID = 60

export class Clipboard {
  /** What was copied last, in words; '' there is nothing of it any more. */
  said = $state('')
  next = $state.raw<Step | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly api: Api,
    readonly failed: (error: AppError, retry: () => void) => void,
    /** Seconds until it is cleared; 0 it stays. */
    readonly kept: () => number,
  ) {}

  /** Copies a text, and says so; next is offered beside it. */
  async copy(text: string, said: string, next: Step | null = null): Promise<void> {
    try {
      await this.api.copy(text)
    } catch (reason) {
      return this.failed(asAppError(reason), () => void this.copy(text, said, next))
    }
    clearTimeout(this.#timer)
    this.said = said
    this.next = next
    const kept = this.kept()
    this.#timer = setTimeout(() => void this.#end(kept > 0 ? text : ''), 1000 * (kept || SAID))
  }

  /** Takes a text off the clipboard; '' none. What another program has put there since stays. */
  async #end(text: string): Promise<void> {
    this.said = ''
    if (text === '') return
    try {
      await this.api.uncopy(text)
    } catch {
      // Nobody waits for it, and nothing can be done about it.
    }
  }
}
