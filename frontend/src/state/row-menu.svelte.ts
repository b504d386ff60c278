// The menu of one row: which row's it is, and the column that it was asked for in.
import type { ColumnName } from '../lib/columns'
import type { Row } from '../lib/idv'
import type { Sessions } from './sessions.svelte'

export class RowMenu {
  /** -1: it is closed. */
  number = $state(-1)
  column = $state<ColumnName>('more')

  constructor(readonly sessions: Sessions) {}

  get row(): Row | undefined {
    return this.sessions.pages.row(this.number)
  }

  /** Opens it, by the row's button, the right mouse button, or the menu key (Shift+F10). A row that is gone has none. */
  open(number: number, column: ColumnName = 'more'): void {
    if (this.sessions.pages.row(number)?.erased !== '') return
    this.sessions.active = number
    this.number = number
    this.column = column
  }

  close(): void {
    this.number = -1
  }
}
