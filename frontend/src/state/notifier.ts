// The system's notification that a long job is done, for who is elsewhere by then.
// It lies open on the desktop: it names numbers, and files only that the app has named.
import type { Api } from '../api/api'
import { t } from '../lib/i18n'
import type { Exported, Job, JobKind } from '../lib/idv'
import { reportText } from '../lib/words'
import type { JobBoard } from './jobs.svelte'

/** Who is back before so long needs no call. */
const LONG_MS = 5000

export class Notifier {
  constructor(
    readonly api: Api,
    readonly jobs: JobBoard,
    readonly wanted: () => boolean,
    readonly away: () => boolean = () => !document.hasFocus(),
  ) {}

  /** asked: somebody has named the file, maybe after a person. */
  exported({ rows, file }: Exported, asked: boolean): void {
    this.#tell('export', t('export.done', { count: rows }), asked ? '' : file.split(/[\\/]/).at(-1)!)
  }

  imported({ report }: Job): void {
    if (report) this.#tell('import', t('notify.import'), reportText(report))
  }

  backedUp(): void {
    this.#tell('backup', t('notify.backup'), '')
  }

  #tell(kind: JobKind, title: string, text: string): void {
    if (!this.wanted() || !this.away() || this.jobs.age(kind) < LONG_MS) return
    // The window says it too: a system that shows none takes nothing away.
    this.api.notify(title, text).catch(() => {})
  }
}
