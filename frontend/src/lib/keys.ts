// Key presses: which shortcut one is, and how shortcuts are written.
import { COMMANDS, COMMAND_IDS } from './commands'
import type { CommandId } from './commands'

/** Whether the platform's command key is Cmd. */
export function isMac(platform: string): boolean {
  return /^mac|iphone|ipad/i.test(platform)
}

/** A shortcut for tinykeys, and the commands that have it, each in its own scope. */
export interface Binding {
  press: string
  ids: CommandId[]
  /** Only for a keyboard whose letters are not Latin: the press names the place of the key. */
  byPlace: boolean
}

/** Where the signs of shortcuts are that other alphabets have letters on. */
const PLACES: Record<string, string> = { ',': 'Comma', '/': 'Slash' }

/** The bindings of all commands. */
export function bindings(mac: boolean): Binding[] {
  const found = new Map<string, Binding>()
  const bind = (press: string, id: CommandId, byPlace: boolean): void => {
    const binding = found.get(press) ?? { press, ids: [], byPlace }
    binding.ids.push(id)
    found.set(press, binding)
  }
  for (const id of COMMAND_IDS) {
    for (const keys of COMMANDS[id].keys) {
      const press = keys.replace('Mod', mac ? 'Meta' : 'Control')
      bind(press, id, false)
      const place = placeOf(keyOf(keys))
      if (place) bind(press.slice(0, -1) + place, id, true)
    }
  }
  return [...found.values()]
}

/** KeyF for f; '' for a key that stands in every alphabet. */
function placeOf(key: string): string {
  return /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : (PLACES[key] ?? '')
}

/** The key itself of a shortcut: "+" is one too. */
function keyOf(keys: string): string {
  return keys.split(/\b\+/).at(-1)!
}

/** The part of a KeyboardEvent that tells text from shortcuts. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** Whether a press alone would write a character: it is text where text is typed. */
export function isCharacter(press: Press): boolean {
  return [...press.key].length === 1 && !press.ctrlKey && !press.metaKey && !press.altKey
}

/** Whether the key has a letter of another alphabet, so that its place has to say which it is. */
export function isForeign(key: string): boolean {
  return [...key].length === 1 && key > '\u007f'
}

const NAMES: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  PageDown: 'PgDn',
  PageUp: 'PgUp',
  '-': '−',
}

/** On a Mac the signs of the keys stand side by side, in its own order. */
const MAC_SIGNS: readonly [string, string][] = [['Alt', '⌥'], ['Shift', '⇧'], ['Mod', '⌘']]

/** A shortcut as it is written on keys: Ctrl+Shift+L, ⇧⌘L. */
export function keysText(keys: string, mac: boolean): string {
  const key = keyOf(keys)
  const mods = keys.slice(0, -key.length).split('+').filter(Boolean)
  const name = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  // A sign that takes Shift to type says so itself.
  const shown = /^[^\p{L}\p{N}]$/u.test(key) ? mods.filter((mod) => mod !== 'Shift') : mods
  if (mac) return MAC_SIGNS.filter(([mod]) => shown.includes(mod)).map(([, sign]) => sign).join('') + name
  return [...shown.map((mod) => (mod === 'Mod' ? 'Ctrl' : mod)), name].join('+')
}

/** The shortcut of a command as it is written on keys; '' it has none. */
export function shortcut(id: CommandId, mac: boolean): string {
  const [first] = COMMANDS[id].keys
  return first ? keysText(first, mac) : ''
}

/** A text for a tooltip: with the shortcut of what it is about. */
export function withShortcut(text: string, id: CommandId, mac: boolean): string {
  const keys = shortcut(id, mac)
  return keys ? `${text} (${keys})` : text
}

/** The commands that move in the list. */
export type Step = 'rowDown' | 'rowUp' | 'rowPageDown' | 'rowPageUp' | 'rowFirst' | 'rowLast'

/** The row that a step leads to from the active one (-1: none yet). page: rows of one Page Down. */
export function rowAfter(step: Step, active: number, rows: number, page: number): number {
  const steps: Record<Step, number> = {
    rowDown: active + 1,
    rowUp: active - 1,
    rowPageDown: active + page,
    rowPageUp: active - page,
    rowFirst: 0,
    rowLast: rows - 1,
  }
  return Math.max(0, Math.min(steps[step], rows - 1))
}
