// The archive on this computer: where its sessions come from and how many it
// holds; and the choice of an origin, on the first run or later.
import type { Api, Unsubscribe } from '../api/api'
import { asAppError } from '../lib/errors'
import { stamp } from '../lib/idv'
import type { AppError, Origin, State, Status } from '../lib/idv'

export type OriginAction = 'demo' | 'portal' | 'csv'

export class Archive {
  loaded = $state(false)
  origin = $state.raw<Origin>({ kind: '', address: '', needsKey: false })
  total = $state(0)
  version = $state('')
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
  #stamp = -1

  constructor(readonly api: Api) {}

  /** Nobody has filled the archive yet. */
  get isNew(): boolean {
    return this.loaded && !this.problem && this.origin.kind === '' && this.total === 0
  }

  /** Hears of every move of the archive that is newer than the last, by its stamp. */
  listen(moved: (stamp: number) => void): Unsubscribe {
    return this.api.onStore((status) => {
      if (this.#take(status)) moved(stamp(status))
    })
  }

  /** Reads the archive's state; a change that was heard of since stays. */
  async read(reopen = false): Promise<State | null> {
    try {
      const state = await (reopen ? this.api.reopen() : this.api.state())
      this.origin = state.origin
      this.version = state.version
      this.problem = state.problem
      this.synced = state.synced
      this.address ||= state.origin.address
      this.#take(state.status)
      return state
    } catch (reason) {
      this.problem = asAppError(reason)
      return null
    } finally {
      this.loaded = true
    }
  }

  #take(status: Status): boolean {
    if (stamp(status) <= this.#stamp) return false
    this.#stamp = stamp(status)
    this.total = status.total
    return true
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
