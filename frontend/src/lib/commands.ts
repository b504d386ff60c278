// Everything that can be done by a key or by name: one list for the keyboard,
// the palette, the sheet of shortcuts, menus and tooltips. What a command does
// stands where its state is: see state/commands.svelte.ts.
import type { Key } from './languages'

export type Group = 'sessions' | 'list' | 'details' | 'archive' | 'window'

export interface Command {
  label: Key
  group: Group
  /**
   * As they are pressed; any of them will do, and the first is shown. Mod is
   * Ctrl, or Cmd on a Mac. A name is a KeyboardEvent's key, a letter in lower case.
   */
  keys: readonly string[]
  /** Works only while the focus is in that part: the list, the preview beside it, a session's page. */
  scope?: 'list' | 'peek' | 'page'
  /** Where text is typed the keys are the field's own. */
  fieldsOwn?: true
  /** Works while a dialog is open too. */
  always?: true
  /** Not in the palette: it moves within what is in view, or leads to the palette. */
  unlisted?: true
}

const table = {
  find: { label: 'command.find', group: 'sessions', keys: ['Mod+f', '/', 'Shift+/'] },
  filters: { label: 'command.filters', group: 'sessions', keys: ['f'] },
  filtersClear: { label: 'command.filters.clear', group: 'sessions', keys: [] },
  filtersSpell: { label: 'command.filters.spell', group: 'sessions', keys: [] },
  viewSave: { label: 'view.save', group: 'sessions', keys: [] },
  views: { label: 'views.title', group: 'sessions', keys: [] },
  columns: { label: 'command.columns', group: 'sessions', keys: [] },
  undo: { label: 'undo.go', group: 'sessions', keys: ['Mod+z'], fieldsOwn: true },
  clear: { label: 'search.clear', group: 'sessions', keys: [] },
  fresh: { label: 'command.fresh', group: 'sessions', keys: [] },
  export: { label: 'export.label', group: 'sessions', keys: ['Mod+e'] },
  exportXlsx: { label: 'command.export.xlsx', group: 'sessions', keys: [] },
  exportAs: { label: 'command.export.csvAs', group: 'sessions', keys: [] },
  exportXlsxAs: { label: 'command.export.xlsxAs', group: 'sessions', keys: [] },
  exportCancel: { label: 'export.cancel', group: 'sessions', keys: [] },
  exportShow: { label: 'command.export.show', group: 'sessions', keys: [] },
  refresh: { label: 'refresh.go', group: 'sessions', keys: ['Mod+r', 'F5'] },
  refreshCancel: { label: 'refresh.cancel.label', group: 'sessions', keys: [] },
  refreshPause: { label: 'sync.pause.label', group: 'sessions', keys: [] },
  refreshResume: { label: 'sync.resume.label', group: 'sessions', keys: [] },
  import: { label: 'refresh.menu.csv', group: 'sessions', keys: [] },
  connect: { label: 'refresh.menu.portal', group: 'sessions', keys: [] },
  rejected: { label: 'refresh.menu.rejected', group: 'sessions', keys: [] },

  rowDown: { label: 'command.row.down', group: 'list', keys: ['ArrowDown', 'j'], scope: 'list', unlisted: true },
  rowUp: { label: 'command.row.up', group: 'list', keys: ['ArrowUp', 'k'], scope: 'list', unlisted: true },
  rowPageDown: { label: 'command.row.pageDown', group: 'list', keys: ['PageDown'], scope: 'list', unlisted: true },
  rowPageUp: { label: 'command.row.pageUp', group: 'list', keys: ['PageUp'], scope: 'list', unlisted: true },
  rowFirst: { label: 'command.row.first', group: 'list', keys: ['Home'], scope: 'list', unlisted: true },
  rowLast: { label: 'command.row.last', group: 'list', keys: ['End'], scope: 'list', unlisted: true },
  rowLeave: { label: 'command.row.leave', group: 'list', keys: ['Escape'], scope: 'list', unlisted: true },
  rowPeek: { label: 'command.row.peek', group: 'list', keys: ['Space'], scope: 'list' },
  rowOpen: { label: 'command.row.open', group: 'list', keys: ['Enter'], scope: 'list' },
  rowSelect: { label: 'command.row.select', group: 'list', keys: ['x'], scope: 'list' },
  rowSelectDown: { label: 'command.row.selectDown', group: 'list', keys: ['Shift+ArrowDown'], scope: 'list', unlisted: true },
  rowSelectUp: { label: 'command.row.selectUp', group: 'list', keys: ['Shift+ArrowUp'], scope: 'list', unlisted: true },
  selectAll: { label: 'command.select.all', group: 'list', keys: ['Mod+a'], scope: 'list' },
  rowCopy: { label: 'command.row.copy', group: 'list', keys: ['Mod+c'], scope: 'list' },
  exportSelected: { label: 'command.select.export', group: 'list', keys: [] },
  rowErase: { label: 'command.row.erase', group: 'list', keys: ['Delete'], scope: 'list' },
  rowHold: { label: 'command.row.hold', group: 'list', keys: [], scope: 'list' },

  peekClose: { label: 'details.peek.close', group: 'details', keys: ['Escape'], scope: 'peek', unlisted: true },
  pageBack: { label: 'command.page.back', group: 'details', keys: ['Escape', 'Alt+ArrowLeft', 'Mod+['], scope: 'page' },
  pageNext: { label: 'command.page.next', group: 'details', keys: ['Alt+ArrowDown', 'j'], scope: 'page' },
  pagePrevious: { label: 'command.page.previous', group: 'details', keys: ['Alt+ArrowUp', 'k'], scope: 'page' },
  pageCopyId: { label: 'command.page.copyId', group: 'details', keys: [] },
  pagePrint: { label: 'command.page.print', group: 'details', keys: ['Mod+p'] },
  photoIn: { label: 'command.photo.in', group: 'details', keys: ['+', 'Shift++', '='], scope: 'page' },
  photoOut: { label: 'command.photo.out', group: 'details', keys: ['-'], scope: 'page' },
  photoFit: { label: 'command.photo.fit', group: 'details', keys: ['0'], scope: 'page' },
  photoActual: { label: 'command.photo.actual', group: 'details', keys: ['1'], scope: 'page' },
  photoTurn: { label: 'command.photo.turn', group: 'details', keys: ['r'], scope: 'page' },
  photoLink: { label: 'command.photo.linked', group: 'details', keys: ['l'], scope: 'page' },
  photoOverlay: { label: 'command.photo.overlay', group: 'details', keys: ['o'], scope: 'page' },

  lock: { label: 'lock.label', group: 'archive', keys: ['Mod+Shift+l'], always: true },
  settings: { label: 'command.settings', group: 'archive', keys: ['Mod+,'] },
  passphrase: { label: 'settings.passphrase', group: 'archive', keys: [] },
  newCode: { label: 'code.make', group: 'archive', keys: [] },
  wipe: { label: 'settings.wipe', group: 'archive', keys: [] },
  replaceDemo: { label: 'demo.replace', group: 'archive', keys: [] },

  palette: { label: 'command.palette', group: 'window', keys: ['Mod+k'], unlisted: true },
  help: { label: 'command.help', group: 'window', keys: ['?', 'Shift+?'] },
  nextRegion: { label: 'command.region.next', group: 'window', keys: ['F6'], unlisted: true },
  lastRegion: { label: 'command.region.last', group: 'window', keys: ['Shift+F6'], unlisted: true },
  larger: { label: 'command.scale.up', group: 'window', keys: ['Mod++', 'Mod+Shift++', 'Mod+='], always: true },
  smaller: { label: 'command.scale.down', group: 'window', keys: ['Mod+-'], always: true },
  normalSize: { label: 'command.scale.reset', group: 'window', keys: ['Mod+0'], always: true },
  systemTheme: { label: 'command.theme.system', group: 'window', keys: [] },
  lightTheme: { label: 'command.theme.light', group: 'window', keys: [] },
  darkTheme: { label: 'command.theme.dark', group: 'window', keys: [] },
  contrast: { label: 'command.contrast', group: 'window', keys: [] },
  compactRows: { label: 'command.density.compact', group: 'window', keys: [] },
  comfortableRows: { label: 'command.density.comfortable', group: 'window', keys: [] },
  photoRows: { label: 'command.density.photo', group: 'window', keys: [] },
  blur: { label: 'command.blur', group: 'window', keys: [] },
  dates: { label: 'command.dates', group: 'window', keys: [] },
  english: { label: 'command.language.en', group: 'window', keys: [] },
  georgian: { label: 'command.language.ka', group: 'window', keys: [] },
  russian: { label: 'command.language.ru', group: 'window', keys: [] },
} as const satisfies Record<string, Command>

export type CommandId = keyof typeof table

export const COMMANDS: Record<CommandId, Command> = table
export const COMMAND_IDS = Object.keys(table) as CommandId[]
export const GROUPS: readonly { group: Group; label: Key }[] = [
  { group: 'sessions', label: 'group.sessions' },
  { group: 'list', label: 'group.list' },
  { group: 'details', label: 'group.details' },
  { group: 'archive', label: 'group.archive' },
  { group: 'window', label: 'group.window' },
]

/**
 * The commands that a text asks for, in the order they came in: each of its
 * words begins a word of the label. Letters compare without case, also where
 * the alphabet's capitals are rare.
 */
export function matching(ids: readonly CommandId[], text: string, label: (id: CommandId) => string): CommandId[] {
  const asked = wordsOf(text)
  return ids.filter((id) => {
    const words = wordsOf(label(id))
    return asked.every((word) => words.some((known) => known.startsWith(word)))
  })
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}.]+/gu) ?? []
}
