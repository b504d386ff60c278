// Rows of one answer, by pages that come when they are looked at.
import type { Row } from '../lib/idv'

export const PAGE_ROWS = 100
/** Pages kept; the ones farthest from the view go first. */
const KEPT = 60
/** Pages asked for at the same time. */
const AT_ONCE = 4

/** Rows from an offset on; rejects when they cannot be had. */
export type FetchRows = (offset: number, limit: number) => Promise<Row[]>

export class Pages {
  #pages = new Map<number, Row[]>()
  /** Pages whose rows may have changed: still shown, asked for again. */
  #stale = new Set<number>()
  #coming = new Set<number>()
  #wanted: number[] = []
  /** A page could not be had: none is asked for until somebody looks or asks again. */
  #failed = false
  /** Rises with every new answer: pages of an older one are dropped. */
  #generation = 0
  /** Rises when the archive moves: pages asked for before it come in as stale. */
  #epoch = 0
  /** Rises with every change, so that whoever reads a row is told. */
  #version = $state(0)

  constructor(
    readonly fetch: FetchRows,
    readonly failed: (reason: unknown) => void,
  ) {}

  /** The row of a number, or undefined while its page is on its way. */
  row(index: number): Row | undefined {
    void this.#version
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
  }

  /** Starts over with the first page of a new answer; pages under way are dropped when they come. */
  reset(first: Row[]): void {
    this.#drop(new Map([[0, first]]))
    this.#pump()
  }

  /** Drops every row, those under way too. */
  clear(): void {
    this.#wanted = []
    this.#drop(new Map())
  }

  #drop(left: Map<number, Row[]>): void {
    this.#generation++
    this.#failed = false
    this.#pages = left
    this.#stale.clear()
    this.#coming.clear()
    this.#version++
  }

  /** Has every page fetched again when it is next wanted; old rows stay until then. */
  markStale(): void {
    this.#epoch++
    for (const page of this.#pages.keys()) this.#stale.add(page)
    this.#pump()
  }

  /** Gives every row that is here another number, and has it fetched again: those around it may be others. */
  slide(by: number): void {
    const slid = new Map<number, Row[]>()
    for (const [page, rows] of this.#pages) {
      rows.forEach((row, i) => {
        const to = page * PAGE_ROWS + i + by
        if (to < 0) return
        const at = Math.floor(to / PAGE_ROWS)
        slid.set(at, slid.get(at) ?? [])
        slid.get(at)![to % PAGE_ROWS] = row
      })
    }
    this.#drop(slid)
    this.markStale()
  }

  /** Says which rows are in view, as a half-open range. */
  want(first: number, end: number): void {
    this.#failed = false
    this.#wanted = []
    if (end <= first) return
    for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor((end - 1) / PAGE_ROWS); page++) {
      this.#wanted.push(page)
    }
    this.#evict()
    this.#pump()
  }

  /** Only what is in view now is asked for: pages a fast scroll has left behind are not. */
  #pump(): void {
    for (const page of this.#wanted) {
      if (this.#failed || this.#coming.size >= AT_ONCE) return
      const needed = !this.#pages.has(page) || this.#stale.has(page)
      if (needed && !this.#coming.has(page)) void this.#load(page)
    }
  }

  async #load(page: number): Promise<void> {
    const generation = this.#generation
    const epoch = this.#epoch
    this.#coming.add(page)
    try {
      const rows = await this.fetch(page * PAGE_ROWS, PAGE_ROWS)
      if (generation !== this.#generation) return
      this.#put(page, rows, epoch !== this.#epoch)
    } catch (reason) {
      if (generation !== this.#generation) return
      this.#coming.delete(page)
      // Not asked again by itself: a failing archive would be asked without end.
      this.#failed = true
      this.failed(reason)
    }
    this.#pump()
  }

  #put(page: number, rows: Row[], stale: boolean): void {
    this.#coming.delete(page)
    this.#pages.set(page, rows)
    if (stale) this.#stale.add(page)
    else this.#stale.delete(page)
    this.#version++
  }

  #evict(): void {
    const excess = this.#pages.size - KEPT
    if (excess <= 0) return
    const middle = this.#wanted[Math.floor(this.#wanted.length / 2)] ?? 0
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle))
    for (const page of far.slice(0, excess)) {
      this.#pages.delete(page)
      this.#stale.delete(page)
    }
  }
}
