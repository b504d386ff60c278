// The list of sessions: what is searched for, and which rows answer it. What
// happens to them when the archive moves stands in listed.svelte.ts.
//
// Promises to the person: rows answer the newest search only, and old rows stay until
// new ones come.
import { tick } from 'svelte'
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import { today } from '../lib/dates'
import { merged, partsOf, sameFilter, sameSearch, without } from '../lib/filter'
import type { Part } from '../lib/filter'
import { ownTimeZone } from '../lib/formats'
import { noFilter, noSearch, queryOf } from '../lib/idv'
import type { AppError, Filter, Nearest, Page, Search, Sort } from '../lib/idv'
import { locale } from '../lib/locale.svelte'
import { ANSWER, KEYSTROKE, ROWS, measure, painted } from '../lib/paint'
import { asText, parse } from '../lib/qualifiers'
import type { Parsed } from '../lib/qualifiers'
import { Counts } from './counts.svelte'
import { Listed } from './listed.svelte'
import { PAGE_ROWS } from './pages.svelte'
import { Selection } from './selection.svelte'

/** An answer that takes longer shows that it is on its way. */
const SLOW_MS = 150
/** After so long without a letter nobody types. */
const STILL_MS = 150

/** A restriction, and how many sessions would be found without it. */
export interface Hindrance {
  part: Part
  total: number
}

export class Sessions extends Listed {
  /** What the search box says, qualifiers included. */
  text = $state('')
  /** The text was finished: a fault at its end is one. */
  settled = $state(false)
  /** Letters are coming in: what can wait does, so that rows come first. */
  typing = $state(false)
  /** What the chips say. */
  filter = $state.raw<Filter>(noFilter())
  sort = $state.raw<Sort>(noSearch().sort)
  /** What to search for instead, if nothing is found. */
  nearest = $state.raw<Nearest[]>([])
  /** The first answer has come. */
  loaded = $state(false)
  slow = $state(false)
  error = $state.raw<AppError | null>(null)

  /** The zone that days are of. */
  readonly zone = $derived(locale.timeZone || ownTimeZone())
  /** The text of the box as it is understood. */
  readonly parsed: Parsed = $derived.by(() => parse(this.text, { zone: this.zone, today: today(this.zone), facets: this.counts.facets }))
  /** What box, chips and headers ask for together. */
  readonly wanted: Search = $derived.by(() => {
    const { text, filter } = this.parsed
    return this.#sameAsBefore({ text, filter: merged(this.filter, filter), sort: this.sort })
  })

  readonly counts: Counts
  readonly selection: Selection

  #wanted = noSearch()
  #still: ReturnType<typeof setTimeout> | undefined
  /** The answer to what was typed last. */
  #answer: Promise<boolean> = Promise.resolve(false)

  constructor(api: Api, pace?: number) {
    super(api, pace)
    this.counts = new Counts(api, (reason) => this.failed(reason))
    this.selection = new Selection(api, (reason) => this.failed(reason))
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
    const ask = ++this.asked
    const search = this.wanted
    const slow = setTimeout(() => (this.slow = ask === this.asked), SLOW_MS)
    try {
      const page = await this.api.find({ ...queryOf(search, 0, PAGE_ROWS), around: this.around })
      if (ask !== this.asked) return false
      measure(ANSWER, typed)
      this.show(page, search)
      return true
    } catch (reason) {
      if (ask === this.asked) this.failed(reason)
      return false
    } finally {
      clearTimeout(slow)
      if (ask === this.asked) this.slow = false
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
      this.failed(reason)
    }
    return most
  }

  /** Goes to the top, with all that has come in. */
  async showFresh(): Promise<void> {
    this.active = -1
    this.view.anchor(0)
    await this.ask()
  }

  override blank(): void {
    super.blank()
    this.slow = false
    this.error = null
    this.counts.clear()
  }

  override forget(): void {
    super.forget()
    this.text = ''
    this.filter = noFilter()
    this.sort = this.shown.sort
    this.selection.clear()
    this.loaded = false
  }

  /** Ticks a row, or not any more; range: everything from the active row on. */
  tick(row: number, range: boolean): void {
    const shown = this.pages.row(row)
    if (!shown) return
    if (range && this.active >= 0) void this.tickRange(this.active, row)
    else this.selection.toggle(shown)
  }

  /** Ticks the rows from one to another, both included. */
  tickRange(one: number, other: number): Promise<void> {
    return this.selection.range(this.shown, this.placeOf(one), this.placeOf(other))
  }

  /** The same object as long as the same is wanted: whoever shows it has nothing to do then. */
  #sameAsBefore(search: Search): Search {
    if (search.text !== this.#wanted.text || !sameSearch(search, this.#wanted)) this.#wanted = search
    return this.#wanted
  }

  /** That the archive is locked is seen without an error. */
  protected override failed(reason: unknown): void {
    const error = asAppError(reason)
    if (error.code !== 'locked') this.error = error
  }

  protected override show(page: Page, search: Search): void {
    const others = search.text !== this.shown.text || !sameFilter(search.filter, this.shown.filter)
    if (others && !sameSearch(search, this.shown)) this.selection.clear()
    super.show(page, search)
    this.error = null
    this.nearest = page.nearest
    this.loaded = true
    void this.counts.ask(search)
  }
}
