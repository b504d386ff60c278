// The sessions of the archive in memory: what there is, what a search finds, and
// what is told of it.
import { noFacets, noFilter, noSearch } from '../lib/idv'
import type { AppError, Erased, Nearest, Page, Query, Row, Spoof, Status } from '../lib/idv'
import type { Api, Unsubscribe } from './api'
import { failure } from './fake-failure'
import { countsOfAll, findIn } from './fake-find'
import type { Found } from './fake-find'
import { fakeRow, tombstone } from './fake-rows'
import { FakeVault } from './fake-vault'

export interface FakeOptions {
  /** Sessions that a sync brings in. */
  sessions: number
  /** Steps in which a sync or an export goes on. */
  steps: number
  /** Waits between two steps of a job. */
  pause: () => Promise<void>
  /** Waits before an answer to find. */
  think: () => Promise<void>
}

/** Everything newest first: the answer needs no search. */
function isWhole({ text, filter, sort, only, except }: Query): boolean {
  return JSON.stringify([text.trim(), filter, sort, only, except]) === JSON.stringify(['', noFilter(), noSearch().sort, [], []])
}

export class FakeArchive {
  total = 0
  seq = 0
  /** What the text search has seen: it may trail the archive. */
  indexed = { seq: 0, total: 0 }
  /** The failure of the next call of a method, by its name. */
  failNext: Partial<Record<keyof Api, AppError>> = {}
  readonly vault = new FakeVault()
  /** Sessions that are gone or held, and those that the portal has erased, by number. */
  readonly gone = new Map<number, Erased>()
  readonly onHold = new Set<number>()
  readonly liquidated = new Set<number>()

  #onStore = new Set<(status: Status) => void>()
  #found = { key: '', found: { numbers: [], near: new Map(), facets: noFacets() } as Found }

  constructor(readonly options: FakeOptions) {}

  async find(query: Query): Promise<Page> {
    const { seq, total } = this
    await this.options.think()
    this.enter('find')
    const { offset, limit, around } = query
    const base = { seq, indexed: seq, near: 0, offset, facets: noFacets(), nearest: [], place: around > 0 && around < total ? total - 1 - around : -1 }
    if (isWhole(query)) {
      const count = Math.max(0, Math.min(limit, total - offset))
      const facets = query.facets ? countsOfAll(total, (n) => this.row(n)) : noFacets()
      return { ...base, total, facets, rows: Array.from({ length: count }, (_, i) => this.row(total - 1 - offset - i)) }
    }
    const { numbers, near, facets } = this.#search(query, total)
    const rows = numbers.slice(offset, offset + limit).map((n) => ({ ...this.row(n), near: near.get(n) ?? '' }))
    const nearest = numbers.length === 0 ? this.#nearest(query, total) : []
    const place = around > 0 ? numbers.indexOf(around) : -1
    return { ...base, total: numbers.length, near: near.size, rows, facets, nearest, place }
  }

  onStore(listener: (status: Status) => void): Unsubscribe {
    this.#onStore.add(listener)
    return () => this.#onStore.delete(listener)
  }

  /** Session number n as the archive holds it now. */
  row(n: number): Row {
    const made = fakeRow(n)
    const low = made.matchLevel > 0 && made.matchLevel < this.vault.settings.acceptedLevel
    const spoofs: Spoof[] = low ? [...made.spoofs, 'lowFar'] : made.spoofs
    const row = { ...made, spoofs, hold: this.onHold.has(n), liquidated: this.liquidated.has(n) }
    const erased = this.gone.get(n)
    return erased ? tombstone(row, erased) : row
  }

  /** Brings new sessions in at once; the text search sees them with catchUp. */
  write(by: number): void {
    this.total += by
    this.seq++
    this.#tellStore()
  }

  /** Lets the text search see everything. */
  catchUp(): void {
    this.indexed = { seq: this.seq, total: this.total }
    this.#tellStore()
  }

  /** Lets the text search begin anew with the oldest sessions; catchUp brings the rest. */
  rebuild(oldest = 0): void {
    this.indexed = { seq: 0, total: oldest }
    this.#tellStore()
  }

  /** Brings new sessions in, for the list and for the text search. */
  grow(by: number): void {
    this.write(by)
    this.catchUp()
  }

  /** Begins a call that needs the archive to be open. */
  protected enter(method: keyof Api): void {
    this.fail(method)
    if (!this.vault.isOpen) throw failure('locked', 'The archive is locked.', 'Unlock it.')
  }

  protected fail(method: keyof Api): void {
    const error = this.failNext[method]
    delete this.failNext[method]
    if (error) throw error
  }

  protected numberOf(id: string): number {
    for (let n = this.total - 1; n >= 0; n--) if (fakeRow(n).sessionId === id) return n
    throw failure('not_found', 'There is no such session. Nothing was erased.', '')
  }

  protected forget(n: number, why: Erased): void {
    if (this.onHold.has(n)) throw failure('invalid', 'The session is under legal hold. Nothing was erased.', 'Lift the hold first.')
    this.gone.set(n, why)
  }

  protected changed(): void {
    this.seq++
    this.catchUp()
  }

  protected status(): Status {
    return { seq: this.seq, indexed: this.indexed.seq, total: this.total, noText: false }
  }

  #tellStore(): void {
    for (const listener of this.#onStore) listener(this.status())
  }

  #search(query: Query, total: number): Found {
    const { offset: _, limit: __, around: ___, ...asked } = query
    const key = JSON.stringify([asked, this.indexed.seq, total, this.seq, this.vault.settings.acceptedLevel])
    if (this.#found.key !== key) this.#found = { key, found: findIn(query, total, this.indexed.total, (n) => this.row(n)) }
    return this.#found.found
  }

  /** Shorter beginnings of a text that finds nothing. */
  #nearest(query: Query, total: number): Nearest[] {
    const signs = [...query.text.trim()]
    for (let length = signs.length - 1; length >= 2; length--) {
      const text = signs.slice(0, length).join('').trim()
      const { numbers } = this.#search({ ...query, text, facets: false }, total)
      if (numbers.length > 0) return [{ text, total: numbers.length }]
    }
    return []
  }
}
