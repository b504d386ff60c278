// Which keys do what: pure functions from a key press to a command or a row.

export type Command = 'find' | 'refresh' | 'export' | 'settings' | 'lock'

/** The part of a KeyboardEvent that shortcuts depend on. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** Whether the platform's command key is Cmd. */
export function isMac(platform: string): boolean {
  return /^mac|iphone|ipad/i.test(platform)
}

const withCommandKey: Record<string, Command> = { f: 'find', r: 'refresh', e: 'export', ',': 'settings' }
const withShiftToo: Record<string, Command> = { l: 'lock' }

/**
 * The app's shortcut behind a key press, or null. typing: the focus is in a
 * text field, where a plain character is text.
 */
export function commandOf(press: Press, mac: boolean, typing: boolean): Command | null {
  const command = mac ? press.metaKey : press.ctrlKey
  const other = mac ? press.ctrlKey : press.metaKey
  if (other || press.altKey) return null
  if (press.shiftKey) return command ? (withShiftToo[press.key.toLowerCase()] ?? null) : null
  if (command) return withCommandKey[press.key.toLowerCase()] ?? null
  if (press.key === 'F5') return 'refresh'
  return press.key === '/' && !typing ? 'find' : null
}

/**
 * The row that a key leads to from the active one (-1: none yet), or null when
 * the key does not move. page: rows of one Page Down.
 */
export function rowAfter(key: string, active: number, rows: number, page: number): number | null {
  if (rows === 0) return null
  const steps: Record<string, number> = {
    ArrowDown: active + 1,
    j: active + 1,
    ArrowUp: active - 1,
    k: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: rows - 1,
  }
  const to = steps[key]
  return to === undefined ? null : Math.max(0, Math.min(to, rows - 1))
}
