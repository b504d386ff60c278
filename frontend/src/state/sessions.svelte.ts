// The list of sessions: what is searched for, which rows answer it, and what
// happens to them when the archive moves.
//
// Promises to the person: rows answer the newest search only; old rows stay until
// new ones come; and while the list is scrolled or a row is active, sessions
// that come in do not move the rows, they are counted in `fresh`.
import { tick } from 'svelte'
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import { today } from '../lib/dates'
import { isNewestFirst, merged, partsOf, sameFilter, sameSearch, without } from '../lib/filter'
import type { Part } from '../lib/filter'
import { ownTimeZone } from '../lib/formats'
import { noFilter, noSearch, queryOf } from '../lib/idv'
import type { AppError, Filter, Nearest, Page, Row, Search, Sort } from '../lib/idv'
import { locale } from '../lib/locale.svelte'
import { ANSWER, KEYSTROKE, ROWS, measure, painted } from '../lib/paint'
import { asText, parse } from '../lib/qualifiers'
import type { Parsed } from '../lib/qualifiers'
import { Counts } from './counts.svelte'
import { PAGE_ROWS, Pages } from './pages.svelte'
import { Selection } from './selection.svelte'
import { Viewport } from './viewport.svelte'

/** An answer that takes longer shows that it is on its way. */
const SLOW_MS = 150
/** After so long without a letter nobody types. */
const STILL_MS = 150
/** Least time between two looks at an archive that moves. */
const PACE_MS = 300
/** Times a page is asked again because the archive moved meanwhile. */
const TRIES = 3

/** A restriction, and how many sessions would be found without it. */
export interface Hindrance {
  part: Part
  total: number
}

export class Sessions {
  /** What the search box says, qualifiers included. */
  text = $state('')
  /** The text was finished: a fault at its end is one. */
  settled = $state(false)
  /** Letters are coming in: what can wait does, so that rows come first. */
  typing = $state(false)
  /** What the chips say. */
  filter = $state.raw<Filter>(noFilter())
  sort = $state.raw<Sort>(noSearch().sort)
  /** The search that the rows answer. */
  shown = $state.raw<Search>(noSearch())
  total = $state(0)
  /** How many of the total, the last ones, only look like the text. */
  near = $state(0)
  /** What to search for instead, if nothing is found. */
  nearest = $state.raw<Nearest[]>([])
  /** The first answer has come. */
  loaded = $state(false)
  slow = $state(false)
  error = $state.raw<AppError | null>(null)
  /** Sessions that were found since the rows were shown. */
  fresh = $state(0)
  /** The row that the keys move, -1 for none. */
  active = $state(-1)

  /** The zone that days are of. */
  readonly zone = $derived(locale.timeZone || ownTimeZone())
  /** The text of the box as it is understood. */
  readonly parsed: Parsed = $derived.by(() => parse(this.text, { zone: this.zone, today: today(this.zone), facets: this.counts.facets }))
  /** What box, chips and headers ask for together. */
  readonly wanted: Search = $derived.by(() => {
    const { text, filter } = this.parsed
    return this.#sameAsBefore({ text, filter: merged(this.filter, filter), sort: this.sort })
  })

  readonly view = new Viewport()
  readonly pages: Pages
  readonly counts: Counts
  readonly selection: Selection

  #wanted = noSearch()
  #still: ReturnType<typeof setTimeout> | undefined
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
    this.counts = new Counts(api, (reason) => this.#failed(reason))
    this.selection = new Selection(api, (reason) => this.#failed(reason))
  }

  /** The text that the rows answer. */
  get shownText(): string {
    return this.shown.text
  }

  /** How many of the found sessions are ticked. */
  get ticked(): number {
    return this.selection.count(this.total)
  }

  /** At the top with no row active the list may follow the archive. */
  get following(): boolean {
    return this.view.offset < 1 && this.active < 0
  }

  /** Searches, from the first character on. typed is the timeStamp of the keystroke. */
  async search(text: string, typed?: number): Promise<void> {
    this.text = text
    this.settled = false
    this.#type()
    if (!(await this.ask(typed)) || typed === undefined) return
    await tick()
    measure(ROWS, typed)
    await painted()
    measure(KEYSTROKE, typed)
  }

  #type(): void {
    this.typing = true
    clearTimeout(this.#still)
    this.#still = setTimeout(() => (this.typing = false), STILL_MS)
  }

  /** Asks for a filter in place of the chips and of what the box says of one. */
  async narrow(filter: Filter): Promise<void> {
    this.text = this.parsed.text
    this.filter = filter
    await this.ask()
  }

  async order(sort: Sort): Promise<void> {
    this.sort = sort
    await this.ask()
  }

  /** Asks for another search in place of this one. */
  async open({ text, filter, sort }: Search): Promise<void> {
    this.text = text
    this.filter = filter
    this.sort = sort
    await this.ask()
  }

  /** Makes chips of the qualifiers in the box: what is asked for stays the same. Faulty ones stay in the box. */
  settle(): void {
    const { text, filter, faults } = this.parsed
    this.filter = merged(this.filter, filter)
    this.settled = true
    // A text without qualifiers stays as it was typed.
    if (text !== this.text) this.text = [text, ...faults.map(({ word }) => word)].filter(Boolean).join(' ')
  }

  /** Makes qualifiers in the box of the chips. */
  spell(): void {
    const { text, filter } = this.wanted
    this.filter = noFilter()
    this.text = [asText(filter, this.zone), text].filter(Boolean).join(' ')
  }

  /** Asks for what the box says, from the archive as it is now; whether that is what the list shows then. typed: see search. */
  async ask(typed?: number): Promise<boolean> {
    const ask = ++this.#asked
    const search = this.wanted
    const slow = setTimeout(() => (this.slow = ask === this.#asked), SLOW_MS)
    try {
      const page = await this.api.find(queryOf(search, 0, PAGE_ROWS))
      if (ask !== this.#asked) return false
      measure(ANSWER, typed)
      this.#show(page, search)
      return true
    } catch (reason) {
      if (ask === this.#asked) this.#failed(reason)
      return false
    } finally {
      clearTimeout(slow)
      if (ask === this.#asked) this.slow = false
    }
  }

  /** The restriction of a search that leaves out the most; null none does so alone. */
  async hindrance(search: Search): Promise<Hindrance | null> {
    let most: Hindrance | null = null
    try {
      for (const part of partsOf(search.filter)) {
        const { total } = await this.api.find(queryOf({ ...search, filter: without(search.filter, part) }, 0, 0))
        if (total > (most?.total ?? 0)) most = { part, total }
      }
    } catch (reason) {
      this.#failed(reason)
    }
    return most
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
    this.counts.clear()
  }

  /** Begins anew: there is no archive any more. */
  forget(): void {
    this.blank()
    this.#blanked = false
    this.text = ''
    this.filter = noFilter()
    this.shown = noSearch()
    this.sort = this.shown.sort
    this.selection.clear()
    this.loaded = false
    this.total = this.near = this.view.rows = this.fresh = this.#shift = 0
    this.active = -1
    this.view.anchor(0)
  }

  /** Ticks a row, or not any more; range: everything from the active row on. */
  tick(row: number, range: boolean): void {
    const shown = this.pages.row(row)
    if (!shown) return
    if (range && this.active >= 0) void this.selection.range(this.shown, this.active, row)
    else this.selection.toggle(shown)
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

  /** The same object as long as the same is wanted: whoever shows it has nothing to do then. */
  #sameAsBefore(search: Search): Search {
    if (search.text !== this.#wanted.text || !sameSearch(search, this.#wanted)) this.#wanted = search
    return this.#wanted
  }

  async #catchUp(): Promise<void> {
    const ask = this.#asked
    const search = this.shown
    this.#seen = this.#moves
    // A search under way may answer from before the move: it is asked again.
    if (!sameSearch(search, this.wanted)) return void (await this.ask())
    try {
      const page = await this.api.find(queryOf(search, 0, this.following ? PAGE_ROWS : 0))
      if (ask !== this.#asked) return
      if (this.following && page.rows.length === Math.min(page.total, PAGE_ROWS)) this.#show(page, search)
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

  #show(page: Page, search: Search): void {
    if (!sameSearch(search, this.shown)) {
      this.active = -1
      this.view.anchor(0)
      if (search.text !== this.shown.text || !sameFilter(search.filter, this.shown.filter)) this.selection.clear()
    }
    this.#shift = 0
    this.fresh = 0
    this.error = null
    this.shown = search
    const came = this.#blanked && !this.following ? page.total - this.total : 0
    this.#blanked = false
    this.total = page.total
    this.near = page.near
    this.nearest = page.nearest
    this.view.rows = page.total
    if (came > 0 && isNewestFirst(search)) this.#moveDown(came)
    this.active = Math.min(this.active, page.total - 1)
    this.pages.reset(page.rows)
    this.loaded = true
    void this.counts.ask(search)
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
    this.fresh = shift
    // In another order what came in stands anywhere: the rows that are here stay.
    if (shift > 0 && !isNewestFirst(this.shown)) return
    this.#shift = shift
    this.pages.markStale()
  }

  /**
   * Rows of the shown answer from the archive as it is now. Newest first, what
   * came in stands above: the offset moves by as many rows.
   */
  async #fetch(offset: number, limit: number): Promise<Row[]> {
    for (let tries = 1; ; tries++) {
      const shift = this.#shift
      const page = await this.api.find(queryOf(this.shown, offset + shift, limit))
      if (!isNewestFirst(this.shown) || page.total - this.total === shift || tries === TRIES) return page.rows
      this.#hold(page.total)
    }
  }
}
