// The jobs of the archive: the sync (or import), the photos that follow it, and the export.
import type { Api, Unsubscribe } from '../api/api'
import { noJob } from '../lib/idv'
import type { AppError, Job, JobKind, Jobs } from '../lib/idv'

export class JobBoard {
  sync = $state.raw<Job>(noJob())
  export = $state.raw<Job>(noJob())
  photos = $state.raw<Job>(noJob())
  /** Somebody has paused what comes from the portal. */
  paused = $state(false)
  /** The job that was asked to stop and has not stopped yet, by its id. */
  #stoppingSync = $state(-1)
  #stoppingExport = $state(-1)
  #version = -1
  /** When the last job of a kind was first heard of. */
  #began = new Map<JobKind, { id: number; at: number }>()

  constructor(
    readonly api: Api,
    /** Hears once of each sync that has ended. */
    readonly syncEnded: (job: Job) => void,
    /** Hears that photos have come: rows may have one now. error: why no more do. */
    readonly photosCame: (error: AppError | null) => void,
  ) {}

  get syncStopping(): boolean {
    return this.sync.running && this.#stoppingSync === this.sync.id
  }

  get exportStopping(): boolean {
    return this.export.running && this.#stoppingExport === this.export.id
  }

  /** Something comes from the portal that can be paused: an import could not go on in the middle of a file. */
  get pausable(): boolean {
    return !this.paused && ((this.sync.running && this.sync.kind === 'sync') || this.photos.running)
  }

  get resumable(): boolean {
    return this.paused && !this.sync.running
  }

  /** Milliseconds since the last job of a kind began; 0 none was heard of. */
  age(kind: JobKind): number {
    const began = this.#began.get(kind)
    return began ? performance.now() - began.at : 0
  }

  listen(): Unsubscribe {
    return this.api.onJobs((jobs) => this.take(jobs))
  }

  /** Takes an account of the jobs, from an event or from a getter, if it is newer. */
  take(jobs: Jobs): void {
    if (jobs.version <= this.#version) return
    this.#version = jobs.version
    for (const { id, kind } of [jobs.sync, jobs.export, jobs.backup]) {
      if (this.#began.get(kind)?.id !== id) this.#began.set(kind, { id, at: performance.now() })
    }
    const before = this.sync
    this.sync = jobs.sync
    this.export = jobs.export
    this.paused = jobs.paused
    const had = this.photos
    this.photos = jobs.photos
    const stopped = had.running && !jobs.photos.running
    if (had.running !== jobs.photos.running || had.progress.done !== jobs.photos.progress.done) this.photosCame(stopped ? jobs.photos.error : null)
    const ended = !this.sync.running && this.sync.id !== 0
    if (ended && (before.running || before.id !== this.sync.id)) this.syncEnded(this.sync)
  }

  async cancelSync(): Promise<void> {
    this.#stoppingSync = this.sync.id
    await this.api.cancelSync()
  }

  async pauseSync(): Promise<void> {
    if (this.sync.kind === 'sync') this.#stoppingSync = this.sync.id
    await this.api.pauseSync()
  }

  async cancelExport(): Promise<void> {
    this.#stoppingExport = this.export.id
    await this.api.cancelExport()
  }
}
