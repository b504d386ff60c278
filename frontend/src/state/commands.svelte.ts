// What the commands of lib/commands do now: the parts of the window give them
// their actions as long as they are there.
import { SvelteMap } from 'svelte/reactivity'
import { COMMANDS, COMMAND_IDS } from '../lib/commands'
import type { CommandId } from '../lib/commands'
import { isCharacter } from '../lib/keys'

export interface Action {
  run: () => void
  /** Whether it can be done now; without it always. */
  when?: () => boolean
}

export type Actions = Partial<Record<CommandId, Action>>

/** Commands that the palette puts first. */
const RECENT = 5

export class Commands {
  /** The ones that were used last, the newest first; until the window is closed. */
  recent = $state.raw<CommandId[]>([])
  #actions = new SvelteMap<CommandId, Action>()

  constructor(
    /** A dialog is open: what is under it stays as it is. */
    readonly blocked: () => boolean,
    /** Single characters are no shortcuts. */
    readonly noLetters: () => boolean,
  ) {}

  /** Gives commands their actions; the returned function takes them away again. */
  provide(actions: Actions): () => void {
    const given = Object.entries(actions) as [CommandId, Action][]
    for (const [id, action] of given) this.#actions.set(id, action)
    return () => {
      for (const [id, action] of given) if (this.#actions.get(id) === action) this.#actions.delete(id)
    }
  }

  /** Whether somebody has given the command an action. */
  has(id: CommandId): boolean {
    return this.#actions.has(id)
  }

  /** Whether it can be done now. */
  can(id: CommandId): boolean {
    const action = this.#actions.get(id)
    return action !== undefined && (action.when?.() ?? true)
  }

  run(id: CommandId): void {
    if (this.can(id)) this.#actions.get(id)!.run()
  }

  /** Runs a command that was chosen by name, and remembers it. */
  choose(id: CommandId): void {
    this.recent = [id, ...this.recent.filter((other) => other !== id)].slice(0, RECENT)
    this.run(id)
  }

  /** What can be chosen by name now, the recent ones first. */
  get offered(): CommandId[] {
    const all = COMMAND_IDS.filter((id) => !COMMANDS[id].unlisted && this.can(id))
    const recent = this.recent.filter((id) => all.includes(id))
    return [...recent, ...all.filter((id) => !recent.includes(id))]
  }

  /** Hears that a shortcut of these commands was pressed: each of another scope. */
  press(ids: readonly CommandId[], event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : null
    if (event.defaultPrevented || isPress(event.key, target)) return
    if (isCharacter(event) && ((this.noLetters() && event.key !== ' ') || isText(target))) return
    const id = ids.find((each) => inScope(COMMANDS[each].scope, target))
    if (!id || (COMMANDS[id].fieldsOwn && isText(target))) return
    const blocked = this.blocked() && !COMMANDS[id].always
    if (blocked && isCharacter(event)) return
    // Also when it does nothing now: the web view must not reload or search the page.
    event.preventDefault()
    if (!blocked) this.run(id)
  }
}

function isText(target: Element | null): boolean {
  return target?.matches('input:not([type=checkbox], [type=radio], [type=range]), textarea, select') ?? false
}

/** Enter and Space press a button: they are no shortcuts there. */
function isPress(key: string, target: Element | null): boolean {
  return (key === 'Enter' || key === ' ') && (target?.matches('button, summary, a, [role="tab"], [role="menuitem"]') ?? false)
}

/**
 * A scope is an element that says so: data-scope="list". A session's page fills
 * the window, so it is meant too when what had the focus has gone.
 */
function inScope(scope: string | undefined, target: Element | null): boolean {
  if (scope === undefined) return true
  const within = `[data-scope="${scope}"]`
  return scope === 'page' && target === document.body ? document.querySelector(within) !== null : target?.closest(within) !== null
}
