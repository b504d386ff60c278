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
  /** The views as the archive has them. */
  #stored: View[] = []
  #kept = new Trailing(() => this.#save(this.list))

  constructor(
    readonly api: Api,
    readonly failed: (error: AppError, retry: () => void) => void,
    readonly pace: number = PACE_MS,
  ) {}

  async read(): Promise<void> {
    try {
      this.list = this.#stored = await this.api.views()
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

  async add(name: string, search: Search): Promise<void> {
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

  /**
   * Shows the views at once, and keeps them. If that fails, those that the archive has are shown;
   * the retry has all that was changed, also while the call that failed was under way.
   */
  async keep(list: View[]): Promise<void> {
    this.list = list
    try {
      await this.#kept.keep()
    } catch (reason) {
      const wanted = this.list
      this.list = this.#stored
      this.failed(asAppError(reason), () => void this.keep(wanted))
    }
  }

  async #save(list: View[]): Promise<void> {
    await this.api.saveViews(list)
    this.#stored = list
  }

  /** Drops everything: names of views may tell of persons. */
  clear(): void {
    this.list = this.#stored = []
    this.totals.clear()
  }
}
