// What was copied: personal data stay on the clipboard for a minute only.
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import type { AppError } from '../lib/idv'

/** What can be done next, beside what was said. */
export interface Step {
  label: string
  run: () => void
}

/** How long a copied text can be pasted. */
const KEPT_MS = 60_000

export class Clipboard {
  /** What was copied last, in words; '' there is nothing of it any more. */
  said = $state('')
  next = $state.raw<Step | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly api: Api,
    readonly failed: (error: AppError, retry: () => void) => void,
    readonly milliseconds: number = KEPT_MS,
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
    this.#timer = setTimeout(() => void this.#clear(text), this.milliseconds)
  }

  /** What another program has put there since stays. */
  async #clear(text: string): Promise<void> {
    this.said = ''
    try {
      await this.api.uncopy(text)
    } catch {
      // Nobody waits for it, and nothing can be done about it.
    }
  }
}
