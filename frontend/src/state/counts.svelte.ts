// The counts behind the values of the filters. They are asked for when the rows are
// painted, in a call of their own, so that rows never wait for them.
import type { Api } from '../api/api'
import { sameSearch } from '../lib/filter'
import { queryOf } from '../lib/idv'
import { painted } from '../lib/paint'
import type { Facets, Search } from '../lib/idv'

export class Counts {
  /** Of the last search that was counted; null none was. */
  facets = $state.raw<Facets | null>(null)
  /** They are those of an older search: to be shown as such. */
  stale = $state(false)
  /** The search that is asked for, and the one that the facets are of. */
  #search: Search | null = null
  #counted: Search | null = null
  #asked = 0
  #watchers = 0

  constructor(
    readonly api: Api,
    readonly failed: (reason: unknown) => void,
  ) {}

  /** Counts from now on: somebody looks. The returned function ends it. */
  watch(): () => void {
    this.#watchers++
    if (this.#search) void this.ask(this.#search)
    return () => this.#watchers--
  }

  /** Counts what a search finds, in the archive as it is now. The newest call wins. */
  async ask(search: Search): Promise<void> {
    const ask = ++this.#asked
    this.stale = this.#counted !== null && !sameSearch(search, this.#counted)
    this.#search = search
    if (this.#watchers === 0) return
    await painted()
    if (ask !== this.#asked) return
    try {
      const { facets } = await this.api.find({ ...queryOf(search, 0, 0), facets: true })
      if (ask !== this.#asked) return
      this.facets = facets
      this.#counted = search
      this.stale = false
    } catch (reason) {
      if (ask === this.#asked) this.failed(reason)
    }
  }

  /** Drops everything: the counts tell of the archive. */
  clear(): void {
    this.#asked++
    this.facets = null
    this.#search = this.#counted = null
    this.stale = false
  }
}
