// What the commands do that need nothing of the page: see lib/commands for all of them.
import { isEmpty } from '../lib/filter'
import type { WindowSettings } from '../lib/window-settings'
import { NORMAL_SCALE } from '../lib/window-settings'
import type { Action, Actions } from './commands.svelte'
import type { Desk } from './desk.svelte'

export function deskActions(desk: Desk): Actions {
  return { ...sessionActions(desk), ...archiveActions(desk), ...windowActions(desk) }
}

/** The archive is open and read, so that its sessions are on show. */
function ready(desk: Desk): boolean {
  return desk.guard.isOpen && desk.archive.known && !desk.archive.isNew && !desk.archive.problem
}

function sessionActions(desk: Desk): Actions {
  const { jobs, exports, sessions } = desk
  const when = (also: () => boolean = () => true) => () => ready(desk) && also()
  const idle = when(() => !exports.busy)
  const write = (format: 'csv' | 'xlsx', ask: boolean): Action => ({ run: () => void desk.export(format, ask), when: idle })
  return {
    clear: { run: () => void sessions.search(''), when: when(() => sessions.text !== '') },
    filtersClear: { run: () => void desk.clearFilters(), when: when(() => !isEmpty(sessions.wanted.filter)) },
    filtersSpell: { run: () => sessions.spell(), when: when(() => !isEmpty(sessions.filter)) },
    viewSave: { run: () => (desk.dialog = 'view'), when: when() },
    columns: { run: () => (desk.dialog = 'columns'), when: when() },
    undo: { run: () => desk.undo.take(), when: when(() => desk.undo.offer !== null) },
    exportSelected: { run: () => void desk.exportSelected(), when: when(() => !exports.busy && sessions.ticked > 0) },
    fresh: { run: () => void sessions.showFresh(), when: when(() => sessions.fresh > 0) },
    export: write('csv', false),
    exportXlsx: write('xlsx', false),
    exportAs: write('csv', true),
    exportXlsxAs: write('xlsx', true),
    exportCancel: { run: () => void desk.cancelExport(), when: when(() => jobs.export.running) },
    exportShow: { run: () => void exports.showInFolder(), when: when(() => exports.result !== null) },
    refresh: { run: () => void desk.refresh(), when: when(() => !jobs.sync.running) },
    refreshCancel: { run: () => void desk.cancelSync(), when: when(() => jobs.sync.running) },
    refreshPause: { run: () => void desk.pauseSync(), when: when(() => jobs.pausable) },
    refreshResume: { run: () => void desk.refresh(), when: when(() => jobs.resumable) },
    import: { run: () => void desk.importCsv(), when: when() },
    connect: { run: () => desk.askForKey(), when: when() },
    rejected: { run: () => void desk.openRejected(), when: when() },
  }
}

function archiveActions(desk: Desk): Actions {
  const { guard } = desk
  const sealed = (): boolean => ready(desk) && !guard.isDemo
  return {
    lock: { run: () => void desk.lock(), when: () => guard.isOpen },
    settings: { run: () => desk.openSettings(), when: () => ready(desk) },
    passphrase: { run: () => desk.openSettings('passphrase'), when: sealed },
    newCode: { run: () => desk.openSettings('code'), when: sealed },
    wipe: { run: () => desk.openSettings('wipe'), when: sealed },
    replaceDemo: { run: () => desk.askReplace(), when: () => ready(desk) && guard.isDemo },
  }
}

function windowActions(desk: Desk): Actions {
  const { look } = desk
  const change = (part: Partial<WindowSettings>): Action => ({ run: () => void look.change(part) })
  return {
    palette: { run: () => (desk.dialog = 'palette') },
    help: { run: () => (desk.dialog = 'help') },
    larger: { run: () => void look.zoom(1) },
    smaller: { run: () => void look.zoom(-1) },
    normalSize: change({ scale: NORMAL_SCALE }),
    systemTheme: change({ theme: '' }),
    lightTheme: change({ theme: 'light' }),
    darkTheme: change({ theme: 'dark' }),
    contrast: { run: () => void look.change({ contrast: look.values.contrast === '' ? 'high' : '' }) },
    compactRows: change({ density: 'compact' }),
    comfortableRows: change({ density: '' }),
    photoRows: change({ density: 'photo' }),
    blur: { run: () => void look.change({ blur: !look.values.blur }) },
    dates: { run: () => void look.change({ dates: look.values.dates === '' ? 'relative' : '' }) },
    english: change({ language: 'en' }),
    georgian: change({ language: 'ka' }),
    russian: change({ language: 'ru' }),
  }
}
