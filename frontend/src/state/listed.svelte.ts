// A list of sessions whose rows stay where they are while the archive moves.
//
// Promises to the person: while the list is scrolled or a row is active, sessions
// that come in do not move the rows, they are counted in `fresh`; where sessions go,
// or come between two that are looked at, the list goes on at the same session.
//
// Who extends it says what is wanted and how that is asked for.
import type { Api } from '../api/api'
import { isNewestFirst, sameSearch } from '../lib/filter'
import { noSearch, queryOf } from '../lib/idv'
import type { Page, Row, Search } from '../lib/idv'
import { PAGE_ROWS, Pages } from './pages.svelte'
import { whereNow } from './places'
import type { Moved, Standing } from './places'
import { Trailing } from './trailing'
import { Viewport } from './viewport.svelte'

/** Least time between two looks at an archive that moves. */
const PACE_MS = 300
/** Times a page is asked again because the archive moved meanwhile. */
const TRIES = 3

export abstract class Listed {
  /** The search that the rows answer. */
  shown = $state.raw<Search>(noSearch())
  total = $state(0)
  /** How many of the total, the last ones, only look like the text. */
  near = $state(0)
  /** Sessions that were found since the rows were shown. */
  fresh = $state(0)
  /** The row that the keys move, -1 for none. */
  active = $state(-1)
  /** Counts how often rows got other numbers: the focus has to follow. */
  renumbered = $state(0)

  readonly view = new Viewport()
  readonly pages: Pages

  /** Counts what was asked for: an answer from before a later question is dropped. */
  protected asked = 0

  /** Rows that came in above the shown ones: where the archive has them now. */
  #shift = 0
  /** The archive's change that total and shift are of, and the total when the rows were shown. */
  #seq = -1
  #since = 0
  /** The rows were dropped: the next answer leads back to where they stood. */
  #blanked = false
  /** What stood under the eyes when they were. */
  #stood: Standing | null = null
  #moves: Trailing

  constructor(
    readonly api: Api,
    pace: number = PACE_MS,
  ) {
    this.pages = new Pages(
      (offset, limit) => this.#fetch(offset, limit),
      (reason) => this.failed(reason),
    )
    this.#moves = new Trailing(() => this.#catchUp(), pace)
  }

  /** What is to be on show. */
  abstract readonly wanted: Search
  /** Asks for it from the archive as it is now; whether that is what the list shows then. */
  abstract ask(): Promise<boolean>
  protected abstract failed(reason: unknown): void

  /** At the top with no row active the list may follow the archive. */
  get following(): boolean {
    return this.view.offset < 1 && this.active < 0
  }

  /** Makes a row the active one and shows it. */
  activate(row: number): void {
    this.active = row
    this.view.reveal(row)
  }

  /** Hears that the archive has moved, so that find may answer otherwise. */
  storeMoved(): Promise<void> {
    return this.#moves.keep()
  }

  /** Drops every row at once, those under way too. The active row and the scroll position stay. */
  blank(): void {
    this.asked++
    this.#blanked = true
    this.#stood ??= this.#standing()[0] ?? null
    this.pages.clear()
  }

  /** Begins anew: there is no archive any more. */
  forget(): void {
    this.blank()
    this.#blanked = false
    this.#stood = null
    this.shown = noSearch()
    this.total = this.near = this.view.rows = this.fresh = this.#shift = 0
    this.active = -1
    this.view.anchor(0)
  }

  /** The session whose place the next answer has to tell; 0 none. */
  protected get around(): number {
    return this.#stood?.ordinal ?? 0
  }

  /** Where the archive has a row now. */
  protected placeOf(row: number): number {
    return row + this.#shift
  }

  /** Shows an answer: of another search from the top, of the same one where the list stands. */
  protected show(page: Page, search: Search): void {
    if (!sameSearch(search, this.shown)) {
      this.active = -1
      this.view.anchor(0)
    }
    this.fresh = 0
    this.shown = search
    const came = this.#blanked && !this.following ? this.#cameAbove(page, search) : 0
    this.#blanked = false
    this.#stood = null
    this.#count(page, 0)
    this.#since = page.total
    if (came !== 0) this.#moveBy(came)
    this.active = Math.min(this.active, page.total - 1)
    this.pages.reset(page.rows)
  }

  async #catchUp(): Promise<void> {
    const ask = this.asked
    const search = this.shown
    // A search under way may answer from before the move: it is asked again.
    if (!sameSearch(search, this.wanted)) return void (await this.ask())
    try {
      if (!this.following) return await this.#hold(ask)
      const page = await this.api.find(queryOf(search, 0, PAGE_ROWS))
      if (ask !== this.asked) return
      if (this.following) this.show(page, search)
      else await this.#hold(ask)
    } catch (reason) {
      if (ask === this.asked) this.failed(reason)
    }
  }

  /** How far down the rows are that were dropped. */
  #cameAbove(page: Page, search: Search): number {
    if (this.#stood && page.place >= 0) return page.place - this.#stood.number
    return isNewestFirst(search) ? Math.max(0, page.total - this.total) : 0
  }

  /** Goes on at the same session after others came in above it, or went. */
  #moveBy(rows: number): void {
    if (this.active >= 0) this.active = Math.max(0, this.active + rows)
    this.view.anchor(this.view.offset + rows * this.view.rowHeight)
  }

  /** Takes an answer's numbers; shift: the first row of the list is that many rows below its first. */
  #count(page: Page, shift: number): void {
    this.#seq = page.seq
    this.#shift = shift
    this.near = page.near
    this.total = this.view.rows = page.total - shift
  }

  /** Rows whose place is to be kept: the active one in view, those in view from the top on, or any that are here. */
  #standing(): Standing[] {
    const { offset, rowHeight, page } = this.view
    const top = Math.ceil(offset / rowHeight)
    const seen = Array.from({ length: page + 1 }, (_, i) => top + i)
    const first = seen.includes(this.active) ? [this.active] : []
    return [...first, ...seen, this.active, 0].flatMap((number) => this.#standingAt(number) ?? [])
  }

  #standingAt(number: number): Standing | null {
    const row = this.pages.row(number)
    return row ? { number, ordinal: row.ordinal } : null
  }

  /**
   * Keeps the rows in view where they are on the screen while the archive moves.
   * Who has gone on to another row meanwhile is not led back.
   */
  async #hold(ask: number, tries = TRIES): Promise<void> {
    const { active } = this
    const find = (around: number): Promise<Page> => this.api.find({ ...queryOf(this.shown, 0, 0), around })
    const moved = await whereNow(find, this.#standing(), this.#standingAt(active))
    if (ask !== this.asked) return
    if (!moved) await this.ask()
    else if (active === this.active) this.#follow(moved)
    else if (tries > 1) await this.#hold(ask, tries - 1)
    else this.#follow({ ...moved, active: null })
  }

  /**
   * What came in above stays out of the list until it is asked for, and no number
   * changes. Where rows went away above, or came between two that are looked at,
   * the rows get other numbers, and the list scrolls by as many.
   */
  #follow({ page, by, active }: Moved): void {
    const row = active ?? this.active
    if (by >= 0 && row === this.active) {
      this.#count(page, by)
      this.pages.markStale()
    } else {
      this.#count(page, 0)
      if (row >= 0) this.active = Math.max(0, Math.min(row + by, page.total - 1))
      this.view.anchor(this.view.offset + by * this.view.rowHeight)
      this.pages.slide(by)
      this.renumbered++
    }
    this.fresh = Math.max(0, this.#shift, page.total - this.#since)
  }

  /** Rows of the shown answer from the archive as it is now: the offset moves by as many rows as came in above. */
  async #fetch(offset: number, limit: number): Promise<Row[]> {
    for (let tries = 1; ; tries++) {
      const page = await this.api.find(queryOf(this.shown, this.placeOf(offset), limit))
      const known = page.seq === this.#seq && page.total === this.total + this.#shift
      if (known || tries === TRIES) return page.rows
      await this.#hold(this.asked)
    }
  }
}
