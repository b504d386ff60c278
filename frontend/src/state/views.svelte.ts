// The searches that were kept with a name, and how many sessions each finds now.
import { SvelteMap } from 'svelte/reactivity'
import type { Api } from '../api/api'
import { asAppError } from '../lib/errors'
import { queryOf } from '../lib/idv'
import type { AppError, Search, View } from '../lib/idv'
import { Trailing } from './trailing'

/** Least time between two looks at an archive that moves. */
const PACE_MS = 1000

export class Views {
  list = $state.raw<View[]>([])
  /** The view that is given another name, by its ID; '' none. */
  renaming = $state('')
  /** By the view's ID; one that is missing is not counted yet. */
  readonly totals = new SvelteMap<string, number>()
  #wanted = 0
  #counted = 0
  #counting = false
  /** The archive's views have been read: before that a list written down would take their place. */
  #known = false
  #kept = new Trailing(() => this.api.saveViews(this.list))

  constructor(
    readonly api: Api,
    readonly failed: (error: AppError, retry: () => void) => void,
    readonly pace: number = PACE_MS,
  ) {}

  async read(): Promise<void> {
    try {
      await this.#load()
      await this.count()
    } catch (reason) {
      this.failed(asAppError(reason), () => void this.read())
    }
  }

  /** Counts what each view finds in the archive as it is now. */
  async count(): Promise<void> {
    this.#wanted++
    if (this.#counting) return
    this.#counting = true
    try {
      while (this.#counted < this.#wanted) {
        this.#counted = this.#wanted
        for (const view of this.list) this.totals.set(view.id, (await this.api.find(queryOf(view, 0, 0))).total)
        if (this.#counted < this.#wanted) await new Promise((done) => setTimeout(done, this.pace))
      }
    } catch {
      // The list itself asks the archive too, and says why it does not answer.
    } finally {
      this.#counting = false
    }
  }

  /** Adds a view behind the archive's own, which are read first if that failed before. */
  async add(name: string, search: Search): Promise<void> {
    try {
      while (!this.#known) await this.#load()
    } catch (reason) {
      return this.failed(asAppError(reason), () => void this.add(name, search))
    }
    await this.keep([...this.list, { ...search, id: crypto.randomUUID(), name }])
    await this.count()
  }

  rename(id: string, name: string): Promise<void> {
    return this.keep(this.list.map((view) => (view.id === id ? { ...view, name } : view)))
  }

  /** One place up (-1) or down (1). */
  async move(id: string, step: -1 | 1): Promise<void> {
    const at = this.list.findIndex((view) => view.id === id)
    const other = this.list[at + step]
    if (at < 0 || !other) return
    const list = [...this.list]
    list[at + step] = list[at]!
    list[at] = other
    await this.keep(list)
  }

  /** Takes a view away, and answers what brings it back to its place, whatever has changed meanwhile. */
  remove({ id }: View): () => void {
    const at = this.list.findIndex((view) => view.id === id)
    const [gone, left] = [this.list.slice(at, at + 1), this.list.filter((view) => view.id !== id)]
    void this.keep(left)
    return () => void this.keep([...this.list.slice(0, at), ...gone, ...this.list.slice(at)])
  }

  /** Shows the views at once, and keeps them. What cannot be kept stays on show; the retry keeps what is on show then. */
  async keep(list: View[]): Promise<void> {
    if (!this.#known) return
    this.list = list
    try {
      await this.#kept.keep()
    } catch (reason) {
      this.failed(asAppError(reason), () => void this.keep(this.list))
    }
  }

  /** Reads the views. What was changed, or dropped, while they were read is newer. */
  async #load(): Promise<void> {
    const before = this.list
    const list = await this.api.views()
    if (this.list !== before) return
    this.list = list
    this.#known = true
  }

  /** Drops everything: names of views may tell of persons. */
  clear(): void {
    this.list = []
    this.#known = false
    this.totals.clear()
  }
}
