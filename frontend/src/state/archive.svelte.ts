// The archive on this computer: where its sessions come from, how many it
// holds and how far its search is; and the choice of an origin, on the first
// run or later.
import type { Api, Unsubscribe } from '../api/api'
import { asAppError } from '../lib/errors'
import { hasMoved, noStatus } from '../lib/idv'
import type { AppError, Origin, State, Status } from '../lib/idv'

export type OriginAction = 'demo' | 'portal' | 'csv'

export class Archive {
  loaded = $state(false)
  /** What is in the archive is known, as it is not while it is locked. */
  known = $state(false)
  /** The archive is being opened again. */
  reopening = $state(false)
  origin = $state.raw<Origin>({ kind: '', address: '', needsKey: false })
  status = $state.raw<Status>(noStatus())
  version = $state('')
  /** The folder that everything lies in. */
  dataDir = $state('')
  /** When the last sync came to its end. */
  synced = $state('')
  /** What keeps the archive from being used at all. */
  problem = $state.raw<AppError | null>(null)
  /** The address that was typed last: a portal that refuses is not kept as the origin. */
  address = $state('')
  /** The choice that is being carried out, until its sync has begun. */
  starting = $state<OriginAction | ''>('')
  /** Why the last choice failed. */
  error = $state.raw<AppError | null>(null)
  /** Counts the accounts that events have brought. */
  #heard = 0

  constructor(
    readonly api: Api,
    /** Hears why an open archive could not be read again. */
    readonly failed: (error: AppError) => void,
  ) {}

  get total(): number {
    return this.status.total
  }

  /** The text search has not seen everything yet. */
  get trailing(): boolean {
    return !this.status.noText && this.status.indexed < this.status.seq
  }

  /** Nobody has filled the archive yet. */
  get isNew(): boolean {
    return this.known && !this.problem && this.origin.kind === '' && this.total === 0
  }

  /** Hears of every move of the archive. */
  listen(moved: () => void): Unsubscribe {
    return this.api.onStore((status) => {
      if (!hasMoved(this.status, status)) return
      this.#heard++
      this.status = status
      moved()
    })
  }

  /** Begins anew: there is no archive. */
  forget(): void {
    this.#heard++
    this.known = true
    this.origin = { kind: '', address: '', needsKey: false }
    this.status = noStatus()
    this.synced = ''
    this.address = ''
    this.error = null
  }

  /** Reads the archive's state; a change that was heard of since stays. reopen: open it again first. */
  async read(reopen = false): Promise<State | null> {
    if (reopen && this.reopening) return null
    this.reopening ||= reopen
    const heard = this.#heard
    try {
      const state = await (reopen ? this.api.reopen() : this.api.state())
      this.#take(state, heard)
      return state
    } catch (reason) {
      const error = asAppError(reason)
      if (reopen || !this.loaded) this.problem = error
      else this.failed(error)
      return null
    } finally {
      this.loaded = true
      if (reopen) this.reopening = false
    }
  }

  #take(state: State, heard: number): void {
    this.version = state.version
    this.dataDir = state.dataDir
    this.problem = state.problem
    if (state.lock.phase !== 'open') return
    this.known = true
    this.origin = state.origin
    this.synced = state.synced
    this.address ||= state.origin.address
    const { status } = state
    // An event that came meanwhile knows better how far the search is.
    if (status.seq > this.status.seq || heard === this.#heard) this.status = status
  }

  startDemo(): Promise<boolean> {
    return this.#start('demo', async () => {
      await this.api.startDemo()
      return true
    })
  }

  connect(address: string, key: string): Promise<boolean> {
    this.address = address
    return this.#start('portal', async () => {
      await this.api.connect(address.trim(), key.trim())
      return true
    })
  }

  importCsv(): Promise<boolean> {
    return this.#start('csv', () => this.api.importCsv())
  }

  /** Carries a choice out; true when a sync has begun. */
  async #start(action: OriginAction, begin: () => Promise<boolean>): Promise<boolean> {
    if (this.starting !== '') return false
    this.starting = action
    this.error = null
    try {
      return await begin()
    } catch (reason) {
      this.error = asAppError(reason)
      return false
    } finally {
      this.starting = ''
    }
  }
}
