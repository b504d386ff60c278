// Which sessions are ticked: a few of the found ones, or, as a rule, all of them
// but a few. It takes no more memory than what was ticked by hand.
import { SvelteSet } from 'svelte/reactivity'
import type { Api } from '../api/api'
import { queryOf } from '../lib/idv'
import type { Query, Row, Search } from '../lib/idv'

/** The most rows that one step of Shift takes in: the archive answers no more at a time. */
export const RANGE = 1000
/** The most rows that are copied: for more there is the export. */
export const COPIED = 10_000

export class Selection {
  /** Everything that is found, but for the ones by hand. */
  all = $state(false)
  /** By ordinal: ticked; or, of all, the ones that are not. */
  readonly hand = new SvelteSet<number>()
  #asked = 0

  constructor(
    readonly api: Api,
    readonly failed: (reason: unknown) => void,
  ) {}

  has(row: Row | undefined): boolean {
    return row !== undefined && this.hand.has(row.ordinal) !== this.all
  }

  /** How many of the found sessions are ticked. */
  count(total: number): number {
    return this.all ? Math.max(0, total - this.hand.size) : this.hand.size
  }

  toggle(row: Row): void {
    this.set(row, !this.has(row))
  }

  set(row: Row, on: boolean): void {
    if (on !== this.all) this.hand.add(row.ordinal)
    else this.hand.delete(row.ordinal)
  }

  takeAll(): void {
    this.#asked++
    this.hand.clear()
    this.all = true
  }

  clear(): void {
    this.#asked++
    this.hand.clear()
    this.all = false
  }

  /** Ticks the rows of a search from one to another, both included, at most RANGE of them from the first on. */
  async range(search: Search, one: number, other: number): Promise<void> {
    const ask = ++this.#asked
    const from = Math.max(0, Math.min(one, other))
    const limit = Math.min(Math.abs(one - other) + 1, RANGE)
    try {
      const { rows } = await this.api.find(queryOf(search, from, limit))
      if (ask === this.#asked) for (const row of rows) this.set(row, true)
    } catch (reason) {
      this.failed(reason)
    }
  }

  /** What is ticked, at most COPIED of it. */
  async rows(search: Search): Promise<Row[]> {
    const rows: Row[] = []
    for (let offset = 0; offset < COPIED; offset += RANGE) {
      const page = await this.api.find({ ...this.query(search), offset, limit: RANGE })
      rows.push(...page.rows)
      if (offset + RANGE >= page.total) break
    }
    return rows
  }

  /** The question that finds what is ticked, of a search's rows in its order. */
  query(search: Search): Query {
    const hand = [...this.hand]
    return { ...queryOf(search, 0, 0), ...(this.all ? { except: hand } : { only: hand }) }
  }
}
