// Commands: one list behind keys, palette, sheet of shortcuts, menus and tooltips.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import { beforeAll, describe, expect, test } from 'vitest'
import App from '../src/App.svelte'
import type { FakeApi } from '../src/api/fake'
import { COMMANDS, COMMAND_IDS, matching } from '../src/lib/commands'
import type { CommandId } from '../src/lib/commands'
import { bindings, isCharacter, isForeign, keysText, shortcut, withShortcut } from '../src/lib/keys'
import en from '../src/locales/en.json'
import { Commands } from '../src/state/commands.svelte'
import { Desk } from '../src/state/desk.svelte'
import { loadAhead } from '../src/views/shell/parts.svelte'
import { sealedApi, settled } from './fakes'

beforeAll(() => loadAhead(async () => {}))

describe('shortcuts', () => {
  const idsOf = (press: string, mac = false): CommandId[] => bindings(mac).find((binding) => binding.press === press)?.ids ?? []

  test('Ctrl, on a Mac Cmd; and by the place of the key for other alphabets', () => {
    expect(idsOf('Control+f')).toEqual(['find'])
    expect(idsOf('Meta+f', true)).toEqual(['find'])
    expect(idsOf('Control+f', true)).toEqual([])
    expect(bindings(false).find(({ press }) => press === 'Control+KeyF')).toEqual({ press: 'Control+KeyF', ids: ['find'], byPlace: true })
    expect(idsOf('Control+Comma')).toEqual(['settings'])
    expect(idsOf('Control++')).toEqual(['larger'])
    expect([isForeign('ფ'), isForeign('а'), isForeign('q'), isForeign('ArrowUp')]).toEqual([true, true, false, false])
  })

  test('no two commands of one scope share a shortcut', () => {
    for (const { press, ids } of [...bindings(false), ...bindings(true)]) {
      const scopes = ids.map((id) => COMMANDS[id].scope)
      expect(new Set(scopes).size, press).toBe(scopes.length)
    }
  })

  test('are written as on the keys of the computer', () => {
    expect([keysText('Mod+Shift+l', false), keysText('Mod+Shift+l', true)]).toEqual(['Ctrl+Shift+L', '⇧⌘L'])
    expect([keysText('Mod++', false), keysText('Mod+Shift++', false), keysText('Mod+-', true)]).toEqual(['Ctrl++', 'Ctrl++', '⌘−'])
    expect([keysText('Shift+?', false), keysText('Shift+F6', false), keysText('ArrowDown', true)]).toEqual(['?', 'Shift+F6', '↓'])
    expect([shortcut('import', false), withShortcut('Import', 'import', false), withShortcut('Lock', 'lock', true)]).toEqual(['', 'Import', 'Lock (⇧⌘L)'])
  })

  test('a character is text, a key with Ctrl is not', () => {
    const press = { key: 'j', ctrlKey: false, metaKey: false, altKey: false }
    expect([isCharacter(press), isCharacter({ ...press, key: '𐓲' }), isCharacter({ ...press, key: 'F5' }), isCharacter({ ...press, ctrlKey: true })]).toEqual([
      true, true, false, false,
    ])
  })
})

describe('the registry', () => {
  const commands = (): Commands => new Commands(() => false, () => false)

  test('offers what can be done now, the recent ones first', () => {
    const registry = commands()
    let can = false
    const runs: string[] = []
    const take = registry.provide({
      refresh: { run: () => runs.push('refresh') },
      export: { run: () => runs.push('export'), when: () => can },
      rowDown: { run: () => runs.push('down') },
      lock: { run: () => runs.push('lock') },
    })
    expect(registry.offered).toEqual(['refresh', 'lock'])
    registry.run('export')
    can = true
    registry.choose('lock')
    expect(registry.offered).toEqual(['lock', 'export', 'refresh'])
    registry.run('find')
    expect(runs).toEqual(['lock'])
    take()
    expect(registry.offered).toEqual([])
  })

  test('a part that goes does not take the action of one that came after it', () => {
    const registry = commands()
    const first = registry.provide({ find: { run: () => {} } })
    registry.provide({ find: { run: () => {} } })
    first()
    expect(registry.can('find')).toBe(true)
  })

  test('names are found by the beginnings of their words, in any alphabet', () => {
    const names: Partial<Record<CommandId, string>> = { export: 'ექსპორტი CSV-ში', refresh: 'Обновить', lock: 'Lock now' }
    const find = (text: string): CommandId[] => matching(['export', 'refresh', 'lock'], text, (id) => names[id]!)
    expect([find('csv ექს'), find('ОБН'), find('ow'), find(' ')]).toEqual([['export'], ['refresh'], [], ['export', 'refresh', 'lock']])
  })
})

async function open(api: FakeApi = sealedApi(50)): Promise<{ desk: Desk; user: UserEvent; api: FakeApi }> {
  const desk = new Desk(api)
  await desk.look.read()
  render(App, { desk })
  await settled()
  return { desk, user: userEvent.setup(), api }
}

const box = (): HTMLElement => screen.getByRole('combobox', { name: 'Search sessions' })
const palette = (): HTMLElement => screen.getByRole('combobox', { name: 'Search commands' })
const options = (): string[] =>
  within(screen.getByRole('listbox', { name: 'Commands' })).queryAllByRole('option').map((option) => option.querySelector('span')!.textContent!)

describe('keys in the window', () => {
  test('every command of the list has an action somewhere', async () => {
    const { desk } = await open()
    const without = new Set(COMMAND_IDS)
    const look = (): void => COMMAND_IDS.filter((id) => desk.commands.has(id)).forEach((id) => without.delete(id))
    look()
    desk.sessions.activate(0)
    for (const mode of ['peek', 'page'] as const) {
      desk.opened.open(mode)
      await settled()
      look()
    }
    expect([...without]).toEqual([])
  })

  test.each(['ფ', 'а'])('Ctrl+F where F writes %s', async (letter) => {
    await open()
    await fireEvent.keyDown(document.body, { key: letter, code: 'KeyF', ctrlKey: true })
    expect(document.activeElement).toBe(box())
  })

  test('a Latin letter counts as it is written, wherever its key stands', async () => {
    const { desk } = await open()
    await fireEvent.keyDown(document.body, { key: 'a', code: 'KeyK', ctrlKey: true })
    expect(desk.dialog).toBe('')
    await fireEvent.keyDown(document.body, { key: 'k', code: 'KeyT', ctrlKey: true })
    expect(desk.dialog).toBe('palette')
  })

  test('where text is typed a character is text; Ctrl is not', async () => {
    const { desk, user } = await open()
    await user.click(box())
    await user.keyboard('/?')
    expect(box()).toHaveProperty('value', '/?')
    await user.keyboard('{Control>}k{/Control}')
    expect(desk.dialog).toBe('palette')
  })

  test('the keys of the list work in the list alone', async () => {
    const { desk, user } = await open()
    await user.keyboard('j{End}{Delete}')
    expect([desk.sessions.active, desk.dialog]).toEqual([-1, ''])
    await user.keyboard('/{ArrowDown}j')
    await settled()
    expect(desk.sessions.active).toBe(1)
  })

  test('single characters can be switched off; arrows stay', async () => {
    const api = sealedApi(50)
    api.window = { noLetters: true }
    const { desk, user } = await open(api)
    await user.keyboard('/?')
    expect(document.activeElement).not.toBe(box())
    expect(desk.dialog).toBe('')
    await user.keyboard('{Control>}f{/Control}{ArrowDown}j{ArrowDown}')
    await settled()
    expect(desk.sessions.active).toBe(1)
  })

  test('under a dialog nothing happens, and the web view does nothing either; the lock goes before all', async () => {
    const { desk, api, user } = await open()
    await user.keyboard('{Control>},{/Control}')
    expect(desk.dialog).toBe('settings')
    expect(await fireEvent.keyDown(document.body, { key: 'r', ctrlKey: true })).toBe(false)
    expect(desk.jobs.sync.id).toBe(0)
    await user.keyboard('{Control>}{Shift>}l{/Shift}{/Control}')
    expect(api.vault.isOpen).toBe(false)
  })

  test('F6 goes through the parts of the window, Shift+F6 back', async () => {
    const { user } = await open()
    const seen: string[] = []
    for (const keys of ['{F6}', '{F6}', '{F6}', '{F6}', '{F6}', '{Shift>}{F6}{/Shift}']) {
      await user.keyboard(keys)
      seen.push(document.activeElement!.closest('[data-region]')!.tagName)
    }
    expect(seen).toEqual(['NAV', 'HEADER', 'DIV', 'FOOTER', 'NAV', 'FOOTER'])
  })
})

describe('the palette', () => {
  test('finds by name, shows the keys, runs, and puts the recent ones first', async () => {
    const { user, desk } = await open()
    await user.keyboard('{Control>}k{/Control}')
    expect(document.activeElement).toBe(palette())
    expect(options()[0]).toBe(en['command.find'])
    await user.keyboard('theme d')
    expect(options()).toEqual([en['command.theme.dark']])
    await user.keyboard('{Enter}')
    await waitFor(() => expect(desk.look.values.theme).toBe('dark'))
    expect(desk.dialog).toBe('')
    await user.keyboard('{Control>}k{/Control}')
    expect(options()[0]).toBe(en['command.theme.dark'])
    expect(within(screen.getByRole('option', { name: /Lock now/ })).getByText('Ctrl+Shift+L')).toBeDefined()
  })

  test('is walked by arrows, round the ends, and the screen reader is told where', async () => {
    const { user } = await open()
    await user.keyboard('{Control>}k{/Control}{ArrowUp}')
    const last = screen.getAllByRole('option').at(-1)!
    expect(palette().getAttribute('aria-activedescendant')).toBe(last.id)
    expect(last.getAttribute('aria-selected')).toBe('true')
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(screen.getAllByRole('option')[1]!.getAttribute('aria-selected')).toBe('true')
    await user.keyboard('zzzz')
    expect(screen.getByText(en['palette.none'])).toBeDefined()
    await user.keyboard('{Enter}{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  test('what it runs is done where the focus was', async () => {
    const { user, desk } = await open()
    await user.keyboard('/{ArrowDown}{ArrowDown}')
    await settled()
    await user.keyboard('{Control>}k{/Control}erase the{Enter}')
    await waitFor(() => expect(desk.dialog).toBe('erase'))
    expect(desk.cases.target).toBe(desk.sessions.pages.row(1))
    await user.keyboard('{Escape}{Control>}k{/Control}search ses{Enter}')
    await waitFor(() => expect(document.activeElement).toBe(box()))
  })

  test('of a locked archive offers the window’s commands only', async () => {
    const api = sealedApi(50)
    api.vault.close('idle')
    const { user } = await open(api)
    await user.keyboard('{Control>}k{/Control}')
    expect(options()).toContain(en['command.language.ka'])
    expect(options()).not.toContain(en['refresh.go'])
    expect(options()).not.toContain(en['lock.label'])
  })

  test('goes with the lock', async () => {
    const { user, api } = await open()
    await user.keyboard('{Control>}k{/Control}')
    api.vault.close('idle')
    await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Search commands' })).toBeNull())
  })
})

test('the sheet of shortcuts has every one of them', async () => {
  const { user } = await open()
  await user.keyboard('?')
  const sheet = await screen.findByRole('dialog', { name: en['help.title'] })
  for (const id of COMMAND_IDS.filter((id) => COMMANDS[id].keys.length > 0)) {
    const term = within(sheet).getByText(en[COMMANDS[id].label], { selector: 'dt' })
    expect(within(term.parentElement!).getAllByText(keysText(COMMANDS[id].keys[0]!, false)).length).toBe(1)
  }
})
