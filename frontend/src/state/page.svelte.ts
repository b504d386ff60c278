// The page of the opened session within the list: which session it is, where it
// stands, and the steps to its neighbours.
import type { Details } from '../lib/details'
import { asAppError } from '../lib/errors'
import { t } from '../lib/i18n'
import type { Row } from '../lib/idv'
import { keptPhotos } from '../lib/photo-set'
import type { Desk } from './desk.svelte'
import { Viewer } from './viewer.svelte'

export class SessionPage {
  /** The session whose printed sheet is made; -1 none. */
  printing = $state(-1)
  readonly viewer: Viewer

  constructor(readonly desk: Desk) {
    this.viewer = desk.opened.viewer ??= new Viewer()
  }

  /** The list's active row; another session may have been opened from its page. */
  listed = $derived.by((): Row | undefined => this.desk.sessions.pages.row(this.desk.sessions.active))
  ordinal = $derived.by(() => (this.desk.opened.other >= 0 ? this.desk.opened.other : (this.listed?.ordinal ?? -1)))
  details = $derived.by((): Details | null => {
    const { shown } = this.desk.opened
    return shown?.row.ordinal === this.ordinal ? shown : null
  })
  /** What is known of the session: its row comes before its details. */
  row = $derived.by((): Row | undefined => this.details?.row ?? (this.listed?.ordinal === this.ordinal ? this.listed : undefined))
  /** The photos there are, as far as is known yet. */
  names = $derived.by(() => this.details?.photos ?? (this.row && this.row.selfie !== '' ? [this.row.selfie] : []))
  /** Those of them that are not here. */
  missing = $derived.by(() => this.details?.missing ?? [])
  /** Those that are. */
  kept = $derived.by(() => keptPhotos({ photos: this.names, missing: this.missing }))
  outside = $derived.by(() => this.desk.opened.other >= 0)

  /** Keeps the wanted session read, as the archive moves on; and its neighbours ready. */
  follow(): void {
    const { opened, archive } = this.desk
    if (this.ordinal >= 0) opened.want(this.ordinal, archive.status.seq)
  }

  /** Has the rows around the active one brought: the list that asks for them is not in view. */
  wantRows(): void {
    const { active, pages } = this.desk.sessions
    pages.want(Math.max(0, active - 1), active + 2)
  }

  /** The sessions before and after in the list, where their rows are here. */
  neighbours = $derived.by((): number[] => {
    const { active, pages } = this.desk.sessions
    return [pages.row(active + 1), pages.row(active - 1)].flatMap((row) => (row ? [row.ordinal] : []))
  })

  can(step: 1 | -1): boolean {
    const { active, total } = this.desk.sessions
    return !this.outside && active + step >= 0 && active + step < total
  }

  go(step: 1 | -1): void {
    if (this.can(step)) this.desk.sessions.activate(this.desk.sessions.active + step)
  }

  /** From another session of the person to the one in the list, and from there to the list. */
  back(): void {
    const { opened } = this.desk
    if (this.outside) opened.other = -1
    else opened.close()
  }

  /** Fetches what of the photos is still at the portal. */
  fetchPhotos(): void {
    void this.desk.fetchPhotos(this.ordinal)
  }

  /** Copies a value; label says what it is. */
  async copy(value: string, label: string): Promise<void> {
    await this.desk.clipboard.copy(value, t('details.copied', { field: label }))
  }

  /** Prints the sheet, which drawn() has waited for. */
  async print(drawn: () => Promise<void>): Promise<void> {
    this.printing = this.ordinal
    await drawn()
    try {
      await this.desk.api.print()
    } catch (reason) {
      this.desk.opened.error = asAppError(reason)
    }
  }
}
