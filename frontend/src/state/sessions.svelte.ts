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
import { whereNow } from './places'
import type { Moved, Standing } from './places'
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
  /** The answer to what was typed last. */
  #answer: Promise<boolean> = Promise.resolve(false)
  /** Counts how often rows got other numbers: the focus has to follow. */
  renumbered = $state(0)

  /** Rows that came in above the shown ones: where the archive has them now. */
  #shift = 0
  /** The archive's change that total and shift are of, and the total when the rows were shown. */
  #seq = -1
  #since = 0
  /** What stood under the eyes when the rows were dropped. */
  #stood: Standing | null = null
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

  /** Whether what was typed last finds a single session: whoever pastes an ID and presses Enter does not wait for the answer. */
  async findsOne(): Promise<boolean> {
    const { text } = this.wanted
    await this.#answer
    return this.total === 1 && text.trim() !== '' && this.shownText === text
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
    this.#answer = this.ask(typed)
    if (!(await this.#answer) || typed === undefined) return
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
      const page = await this.api.find({ ...queryOf(search, 0, PAGE_ROWS), around: this.#stood?.ordinal ?? 0 })
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
    this.#stood ??= this.#standing()[0] ?? null
    this.slow = false
    this.error = null
    this.pages.clear()
    this.counts.clear()
  }

  /** Begins anew: there is no archive any more. */
  forget(): void {
    this.blank()
    this.#blanked = false
    this.#stood = null
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
    if (range && this.active >= 0) void this.tickRange(this.active, row)
    else this.selection.toggle(shown)
  }

  /** Makes a row the active one and shows it. */
  activate(row: number): void {
    this.active = row
    this.view.reveal(row)
  }

  /** Ticks the rows from one to another, both included. */
  tickRange(one: number, other: number): Promise<void> {
    return this.selection.range(this.shown, one + this.#shift, other + this.#shift)
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
      if (!this.following) return await this.#hold(ask)
      const page = await this.api.find(queryOf(search, 0, PAGE_ROWS))
      if (ask !== this.#asked) return
      if (this.following) this.#show(page, search)
      else await this.#hold(ask)
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
    this.fresh = 0
    this.error = null
    this.shown = search
    const came = this.#blanked && !this.following ? this.#cameAbove(page, search) : 0
    this.#blanked = false
    this.#stood = null
    this.#count(page, 0)
    this.#since = page.total
    this.nearest = page.nearest
    if (came !== 0) this.#moveBy(came)
    this.active = Math.min(this.active, page.total - 1)
    this.pages.reset(page.rows)
    this.loaded = true
    void this.counts.ask(search)
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
    if (ask !== this.#asked) return
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
      const page = await this.api.find(queryOf(this.shown, offset + this.#shift, limit))
      const known = page.seq === this.#seq && page.total === this.total + this.#shift
      if (known || tries === TRIES) return page.rows
      await this.#hold(this.#asked)
    }
  }
}
