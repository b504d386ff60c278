// The session that is looked at: beside the list (peek) or on its own page.
//
// Which one it is follows the list's active row, unless another session of the
// same person was opened from there.
import type { Api } from '../api/api'
import type { Details } from '../lib/details'
import { asAppError } from '../lib/errors'
import type { AppError } from '../lib/idv'
import type { Viewer } from './viewer.svelte'

export type Mode = '' | 'peek' | 'page'
export const TABS = ['summary', 'activity', 'tags', 'extra', 'notes', 'attempts'] as const
export type Tab = (typeof TABS)[number]

/** Sessions kept ready: the shown one and its neighbours. */
const KEPT = 5

export class Opened {
  mode = $state<Mode>('')
  /** A session that was opened from another one's page; -1 it is the list's active row. */
  other = $state(-1)
  /** The details of the wanted session, once they are here. */
  shown = $state.raw<Details | null>(null)
  error = $state.raw<AppError | null>(null)
  tab = $state<Tab>('summary')
  /** The page was left: the focus belongs to the list's active row again. */
  returned = false
  /** How photos are looked at, from the first page on: what is zoomed stays so on the next. */
  viewer: Viewer | null = null

  #wanted = -1
  #seq = -1
  #busy = -1
  #kept = new Map<number, Details>()

  constructor(readonly api: Api) {}

  open(mode: 'peek' | 'page'): void {
    this.mode = mode
    this.other = -1
  }

  close(): void {
    this.returned = this.mode === 'page'
    this.mode = ''
    this.other = -1
    this.forget()
  }

  /** Wants a session as the archive has it at a change; one that is kept is shown at once. */
  want(ordinal: number, seq: number): void {
    if (ordinal === this.#wanted && seq === this.#seq) return
    if (ordinal !== this.#wanted) {
      this.shown = this.#kept.get(ordinal) ?? null
      this.error = null
    }
    this.#wanted = ordinal
    this.#seq = seq
    void this.#ask()
  }

  /** Photos have come: what waits for some is read again. */
  photosCame(): void {
    if (!this.shown?.missing.some(({ why }) => why === 'waiting')) return
    this.#seq = Math.min(this.#seq, 0) - 1 // an answer that is under way is too old
    void this.#ask()
  }

  /** Asks again after a failure. */
  retry(): void {
    this.error = null
    void this.#ask()
  }

  /** Reads a neighbour beforehand, so that going there needs no wait. Its failure is of no interest yet. */
  async prepare(ordinal: number): Promise<Details | null> {
    const kept = this.#kept.get(ordinal)
    if (kept) return kept
    try {
      return this.#keep(ordinal, await this.api.details(ordinal))
    } catch {
      return null
    }
  }

  /** Drops all that tells of a person; what was open stays open, and is read again. */
  forget(): void {
    this.#wanted = this.#seq = this.#busy = -1
    this.#kept.clear()
    this.shown = null
    this.error = null
  }

  /** Asks for the wanted session, one question at a time: the archive may move many times in a second. */
  async #ask(): Promise<void> {
    const ordinal = this.#wanted
    if (this.#busy === ordinal) return
    this.#busy = ordinal
    let seq
    do {
      seq = this.#seq
      try {
        const details = await this.api.details(ordinal)
        if (ordinal !== this.#wanted) return
        this.shown = this.#keep(ordinal, details)
        this.error = null
      } catch (reason) {
        if (ordinal !== this.#wanted) return
        this.#failed(asAppError(reason))
      }
    } while (seq !== this.#seq)
    this.#busy = -1
  }

  /** That the archive is locked is seen without an error. */
  #failed(error: AppError): void {
    if (error.code !== 'locked') this.error = error
  }

  /** The oldest go first. */
  #keep(ordinal: number, details: Details): Details {
    this.#kept.delete(ordinal)
    this.#kept.set(ordinal, details)
    for (const old of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(old)
    return details
  }
}
