// What the keys of the list do.
import type { Row } from '../../lib/idv'
import { rowAfter } from '../../lib/keys'
import type { Step } from '../../lib/keys'
import type { Action, Actions } from '../../state/commands.svelte'
import type { Desk } from '../../state/desk.svelte'

/** goTo puts the focus on a row; leave lets go of the list. */
export function listActions(desk: Desk, goTo: (row: number) => Promise<void>, leave: () => void): Actions {
  const { sessions } = desk
  const chosen = (): Row | undefined => sessions.pages.row(sessions.active)
  const living = (): boolean => chosen()?.erased === ''
  const step = (by: Step): Action => ({
    run: () => void goTo(rowAfter(by, sessions.active, sessions.total, sessions.view.page)),
    when: () => sessions.total > 0,
  })
  return {
    rowDown: step('rowDown'),
    rowUp: step('rowUp'),
    rowPageDown: step('rowPageDown'),
    rowPageUp: step('rowPageUp'),
    rowFirst: step('rowFirst'),
    rowLast: step('rowLast'),
    rowLeave: { run: leave },
    rowErase: { run: () => desk.askErase(chosen()!), when: living },
    rowHold: { run: () => void desk.toggleHold(chosen()!), when: living },
  }
}
