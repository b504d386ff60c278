// The list of sessions: what is searched for, which rows answer it, and what
// happens to them when the archive moves.
//
// Promises to the person: rows answer the newest text only; old rows stay until
// new ones come; and while the list is scrolled or a row is active, sessions
// that come in do not move the rows, they are counted in `fresh`.
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import { textQuery } from '../lib/idv'
import type { AppError, Page, Row } from '../lib/idv'
import { KEYSTROKE, measurePaint } from '../lib/paint'
import { PAGE_ROWS, Pages } from './pages.svelte'
import { Viewport } from './viewport.svelte'

/** An answer that takes longer shows that it is on its way. */
const SLOW_MS = 150
/** Least time between two looks at an archive that moves. */
const PACE_MS = 300
/** Times a page is asked again because the archive moved meanwhile. */
const TRIES = 3

export class Sessions {
  /** What the search box says. */
  text = $state('')
  /** The text that the rows answer. */
  shownText = $state('')
  total = $state(0)
  /** The first answer has come. */
  loaded = $state(false)
  slow = $state(false)
  error = $state.raw<AppError | null>(null)
  /** Sessions that were found since the rows were shown. */
  fresh = $state(0)
  /** The row that the keys move, -1 for none. */
  active = $state(-1)

  readonly view = new Viewport()
  readonly pages: Pages

  #asked = 0
  /** Rows that came in above the shown ones: where the archive has them now. */
  #shift = 0
  /** Moves of the archive that were heard of, and how many of them the rows have seen. */
  #moves = 0
  #seen = 0
  #catching = false
  /** The rows were dropped: the next answer leads back to where they stood. */
  #blanked = false

  constructor(
    readonly api: Api,
    readonly pace: number = PACE_MS,
  ) {
    this.pages = new Pages(
      (offset, limit) => this.#fetch(offset, limit),
      (reason) => this.#failed(reason),
    )
  }

  /** At the top with no row active the list may follow the archive. */
  get following(): boolean {
    return this.view.offset < 1 && this.active < 0
  }

  /** Searches, from the first character on. typed is the timeStamp of the keystroke. */
  async search(text: string, typed?: number): Promise<void> {
    this.text = text
    const shown = await this.ask()
    if (shown && typed !== undefined) measurePaint(KEYSTROKE, typed)
  }

  /** Asks for what the box says, from the archive as it is now; whether that is what the list shows then. */
  async ask(): Promise<boolean> {
    const ask = ++this.#asked
    const text = this.text
    const slow = setTimeout(() => (this.slow = ask === this.#asked), SLOW_MS)
    try {
      const page = await this.api.find(textQuery(text, 0, PAGE_ROWS))
      if (ask !== this.#asked) return false
      this.#show(page, text)
      return true
    } catch (reason) {
      if (ask === this.#asked) this.#failed(reason)
      return false
    } finally {
      clearTimeout(slow)
      if (ask === this.#asked) this.slow = false
    }
  }

  /** Goes to the top, with all that has come in. */
  async showFresh(): Promise<void> {
    this.active = -1
    this.view.anchor(0)
    await this.ask()
  }

  /** Drops every row at once, those under way too. The text, the active row and the scroll position stay. */
  blank(): void {
    this.#asked++
    this.#blanked = true
    this.slow = false
    this.error = null
    this.pages.clear()
  }

  /** Begins anew: there is no archive any more. */
  forget(): void {
    this.blank()
    this.#blanked = false
    this.text = this.shownText = ''
    this.loaded = false
    this.total = this.view.rows = this.fresh = this.#shift = 0
    this.active = -1
    this.view.anchor(0)
  }

  /** Makes a row the active one and shows it. */
  activate(row: number): void {
    this.active = row
    this.view.reveal(row)
  }

  /** Hears that the archive has moved, so that find may answer otherwise. */
  async storeMoved(): Promise<void> {
    this.#moves++
    if (this.#catching) return
    this.#catching = true
    while (this.#seen < this.#moves) {
      await this.#catchUp()
      if (this.#seen < this.#moves) await new Promise((done) => setTimeout(done, this.pace))
    }
    this.#catching = false
  }

  async #catchUp(): Promise<void> {
    const ask = this.#asked
    const text = this.shownText
    this.#seen = this.#moves
    // A search under way may answer from before the move: it is asked again.
    if (text !== this.text) return void (await this.ask())
    try {
      const page = await this.api.find(textQuery(text, 0, this.following ? PAGE_ROWS : 0))
      if (ask !== this.#asked) return
      if (this.following && page.rows.length === Math.min(page.total, PAGE_ROWS)) this.#show(page, text)
      else this.#hold(page.total)
    } catch (reason) {
      if (ask === this.#asked) this.#failed(reason)
    }
  }

  /** That the archive is locked is seen without an error. */
  #failed(reason: unknown): void {
    const error = asAppError(reason)
    if (error.code !== 'locked') this.error = error
  }

  #show(page: Page, text: string): void {
    if (text !== this.shownText) {
      this.active = -1
      this.view.anchor(0)
    }
    this.#shift = 0
    this.fresh = 0
    this.error = null
    this.shownText = text
    const came = this.#blanked && !this.following ? page.total - this.total : 0
    this.#blanked = false
    this.total = page.total
    this.view.rows = page.total
    if (came > 0) this.#moveDown(came)
    this.active = Math.min(this.active, page.total - 1)
    this.pages.reset(page.rows)
    this.loaded = true
  }

  /** Goes on at the same session after others came in above it. */
  #moveDown(rows: number): void {
    if (this.active >= 0) this.active += rows
    this.view.anchor(this.view.offset + rows * this.view.rowHeight)
  }

  /** Keeps the rows where they are while the archive has other totals. */
  #hold(total: number): void {
    const shift = total - this.total
    if (shift < 0) {
      void this.ask()
      return
    }
    this.#shift = shift
    this.fresh = shift
    this.pages.markStale()
  }

  /**
   * Rows of the shown answer from the archive as it is now. The list is newest
   * first, so what came in stands above: the offset moves by as many rows.
   */
  async #fetch(offset: number, limit: number): Promise<Row[]> {
    for (let tries = 1; ; tries++) {
      const shift = this.#shift
      const page = await this.api.find(textQuery(this.shownText, offset + shift, limit))
      if (page.total - this.total === shift || tries === TRIES) return page.rows
      this.#hold(page.total)
    }
  }
}
