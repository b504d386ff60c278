// The jobs of the archive in memory: what runs, how far it is, and how it ended.
import { noJob, noJobs } from '../lib/idv'
import type { Job, Jobs, Phase } from '../lib/idv'
import type { Unsubscribe } from './api'

type Kind = 'sync' | 'export' | 'photos' | 'backup'

export class FakeJobs {
  /** Which of the jobs were asked to stop. */
  readonly cancelled: Record<Kind, boolean> = { sync: false, export: false, photos: false, backup: false }
  #jobs = noJobs()
  #listeners = new Set<(jobs: Jobs) => void>()

  get account(): Jobs {
    return structuredClone(this.#jobs)
  }

  listen(listener: (jobs: Jobs) => void): Unsubscribe {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** An import is a sync of another kind. A sync ends a pause. */
  begin(kind: Kind | 'import'): void {
    const slot = kind === 'import' ? 'sync' : kind
    this.cancelled[slot] = false
    if (kind === 'sync') this.#jobs.paused = false
    this.#set(slot, { ...noJob(), id: this.#jobs[slot].id + 1, kind, running: true })
  }

  /** Stops what comes from the portal. */
  pause(): void {
    if (this.#jobs.sync.kind === 'sync') this.cancelled.sync = true
    this.#jobs.paused = true
    this.#set('sync', this.#jobs.sync)
  }

  cancel(kind: Kind): void {
    this.cancelled[kind] = true
  }

  progress(kind: Kind, phase: Phase, done: number, total: number): void {
    this.#set(kind, { ...this.#jobs[kind], progress: { phase, done, total } })
  }

  end(kind: Kind, result: Partial<Job>): void {
    this.#set(kind, { ...this.#jobs[kind], running: false, endedAt: new Date().toISOString(), ...result })
  }

  #set(kind: Kind, job: Job): void {
    this.#jobs = { ...this.#jobs, version: this.#jobs.version + 1, [kind]: job }
    for (const listener of this.#listeners) listener(this.account)
  }
}
