// What the keys of the list do.
import { t } from '../../lib/i18n'
import type { Row } from '../../lib/idv'
import { rowAfter } from '../../lib/keys'
import type { Step } from '../../lib/keys'
import type { Action, Actions } from '../../state/commands.svelte'
import type { Desk } from '../../state/desk.svelte'

/** goTo puts the focus on a row; leave lets go of the list. */
export function listActions(desk: Desk, goTo: (row: number) => Promise<void>, leave: () => void): Actions {
  const { sessions, opened } = desk
  const chosen = (): Row | undefined => sessions.pages.row(sessions.active)
  /** A row is active. It may still be on its way: what opens shows that, and asks for it. */
  const some = (): boolean => sessions.active >= 0
  const living = (): boolean => chosen()?.erased === ''
  const step = (by: Step): Action => ({
    run: () => void goTo(rowAfter(by, sessions.active, sessions.total, sessions.view.page)),
    when: () => sessions.total > 0,
  })
  // The row that the step begins at is ticked, and the one it leads to.
  const extend = (by: Step): Action => ({
    run: () => {
      const from = chosen()
      if (from) sessions.selection.set(from, true)
      const to = rowAfter(by, sessions.active, sessions.total, sessions.view.page)
      const next = sessions.pages.row(to)
      // At once where the row is here: a copy may follow at once.
      if (next) sessions.selection.set(next, true)
      else void sessions.tickRange(to, to)
      void goTo(to)
    },
    when: () => sessions.total > 0,
  })
  // The list asks for rows in view only.
  const peek = (): void => {
    if (!chosen()) sessions.view.reveal(sessions.active)
    opened.open('peek')
  }
  return {
    rowDown: step('rowDown'),
    rowUp: step('rowUp'),
    rowPageDown: step('rowPageDown'),
    rowPageUp: step('rowPageUp'),
    rowFirst: step('rowFirst'),
    rowLast: step('rowLast'),
    // The preview goes first.
    rowSelect: { run: () => sessions.selection.toggle(chosen()!), when: () => chosen() !== undefined },
    rowSelectDown: extend('rowDown'),
    rowSelectUp: extend('rowUp'),
    selectAll: { run: () => sessions.selection.takeAll(), when: () => sessions.total > 0 },
    rowCopy: { run: () => void copy(desk), when: () => sessions.ticked > 0 || chosen() !== undefined },
    rowLeave: { run: () => (opened.mode === 'peek' ? opened.close() : sessions.ticked > 0 ? sessions.selection.clear() : leave()) },
    rowPeek: { run: () => (opened.mode === 'peek' ? opened.close() : peek()), when: some },
    rowOpen: { run: () => opened.open('page'), when: some },
    rowErase: { run: () => desk.askErase(chosen()!), when: living },
    rowHold: { run: () => void desk.toggleHold(chosen()!), when: living },
  }
}

/** A text that was marked with the mouse goes before the rows. */
async function copy(desk: Desk): Promise<void> {
  const marked = getSelection()?.toString() ?? ''
  if (marked !== '') await desk.clipboard.copy(marked, t('copy.text', { seconds: desk.clipboard.kept() }))
  else await desk.copyRows()
}
