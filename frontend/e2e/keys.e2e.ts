// The keyboard: the keys of the list, the list of commands, and taking back.
import type { Page } from '@playwright/test'
import { COMMANDS, COMMAND_IDS, type CommandId } from '../src/lib/commands.ts'
import type { Details } from '../src/lib/details.ts'
import { noSearch, type Row } from '../src/lib/idv.ts'
import { keysText } from '../src/lib/keys.ts'
import { call, command, expect, look, SESSIONS, stopClock, test, words } from './shared.ts'
import type { List } from './list.ts'

const en = words('en')
const label = (id: CommandId): string => en[COMMANDS[id].label]!

/** The place of the row that has the focus, from 0; -1 no row has. */
const focused = (list: List): Promise<number> => list.page.evaluate(() => Number(document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? -1))

test('UX-8 arrows, j and k, Page Up and Down, Home and End move the row; / leads to the search', async ({ list, page }) => {
  await page.keyboard.press('ControlOrMeta+f')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => focused(list)).toBe(0)
  const page1 = Math.floor((await list.shown()).length - 1)
  const walk: [string, (at: number) => boolean][] = [
    ['j', (at) => at === 1], ['ArrowDown', (at) => at === 2], ['k', (at) => at === 1], ['ArrowUp', (at) => at === 0], ['ArrowUp', (at) => at === 0],
    ['PageDown', (at) => at > page1 - 4 && at <= page1], ['PageUp', (at) => at === 0],
    ['End', (at) => at === SESSIONS - 1], ['j', (at) => at === SESSIONS - 1], ['Home', (at) => at === 0],
  ]
  for (const [key, right] of walk) {
    await page.keyboard.press(key)
    await expect.poll(async () => right(await focused(list)), key).toBe(true)
  }
  await page.keyboard.press('/')
  await expect(list.search).toBeFocused()
  await page.keyboard.type('nin')
  await expect(list.search).toHaveValue('nin')
})

test('UX-8 single keys can be off; the arrows stay', async ({ list, page }) => {
  await look(page, { noLetters: true })
  await page.reload()
  await list.shown()
  await page.keyboard.press('ControlOrMeta+f')
  await expect(list.search).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => focused(list)).toBe(0)
  for (const key of ['j', 'x', '/', 'f', '?']) await page.keyboard.press(key)
  expect(await focused(list)).toBe(0)
  await expect(page.getByRole('group', { name: 'Selected sessions' })).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => focused(list)).toBe(1)
  await page.keyboard.press('Space')
  await expect(page.getByRole('complementary', { name: 'Preview of the session' })).toBeVisible()
})

/** Commands that another state is needed for: a passphrase, a running job, sessions that came in, a narrow window. */
const elsewhere: CommandId[] = ['passphrase', 'newCode', 'wipe', 'refreshCancel', 'refreshPause', 'refreshResume', 'exportCancel', 'fresh', 'views']

/** The first row with one before it and with all photos of person and document here, as a place from 0: photos come one by one. */
async function pictured(page: Page, rows: Row[]): Promise<number> {
  for (const [at, { ordinal, selfie, documentType }] of rows.entries()) {
    if (at === 0 || selfie === '' || documentType === '') continue
    if ((await call<Details>(page, 'Details', ordinal)).missing.length === 0) return at
  }
  throw new Error('no session has all its photos')
}

test('UX-20 the palette has every command with its keys, the recent ones first', async ({ list, rows, page }) => {
  const offered = async (): Promise<[string, string][]> => {
    await page.keyboard.press('ControlOrMeta+k')
    const options = page.getByRole('option')
    await options.first().waitFor()
    const found = await options.evaluateAll((all) => all.map((one) => [one.querySelector('span')!.textContent, one.querySelector('kbd')?.textContent ?? ''] as [string, string]))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    return found
  }
  await list.search.fill('n')
  await page.getByRole('button', { name: 'Status', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: /^Failed/ }).click()
  await page.keyboard.press('Escape')
  await command(page, 'Clear all filters')
  // What was done can be taken back for ten seconds only.
  const cleared = await offered()
  await page.getByRole('button', { name: 'Status', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: /^Failed/ }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+e')
  await page.getByRole('button', { name: 'Show in folder' }).waitFor()
  await list.grid.locator('[data-row="2"]').focus()
  await page.keyboard.press('x')
  const inList = await offered()
  await command(page, 'Theme: dark')
  expect((await offered()).slice(0, 2).map(([name]) => name)).toEqual(['Theme: dark', 'Clear all filters'])
  await list.search.fill('')
  await command(page, 'Clear all filters')
  await expect(list.grid).toHaveAttribute('aria-rowcount', String(SESSIONS + 1))
  await list.grid.locator(`[data-row="${await pictured(page, rows)}"]`).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('main', { name: /^Session of/ }).getByRole('tab', { name: 'Summary' }).waitFor()
  await page.getByRole('toolbar', { name: 'Photo tools' }).waitFor()
  const all = [...cleared, ...inList, ...(await offered())]
  const wanted = COMMAND_IDS.filter((id) => !COMMANDS[id].unlisted && !elsewhere.includes(id))
  const mac = await page.evaluate(() => /^mac/i.test(navigator.platform))
  for (const id of wanted) {
    const [keys] = COMMANDS[id].keys
    expect(all, id).toContainEqual([label(id), keys ? keysText(keys, mac) : ''])
  }
})

test('UX-21 what is cleared or deleted comes back with Ctrl+Z or the toast, which stands for ten seconds', async ({ list, page }) => {
  await page.clock.install()
  await page.reload()
  await expect.poll(() => list.total()).toBe(SESSIONS)
  await page.getByRole('button', { name: 'Status', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: /^Failed/ }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => list.total()).toBeLessThan(SESSIONS)
  const failed = await list.total()

  await page.getByRole('button', { name: 'Clear all', exact: true }).click()
  await expect.poll(() => list.total()).toBe(SESSIONS)
  await list.grid.locator('[data-row="0"]').focus()
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => list.total()).toBe(failed)

  await stopClock(page)
  await page.getByRole('button', { name: 'Clear all', exact: true }).click()
  const undo = page.getByRole('button', { name: /^Undo/ })
  await undo.waitFor()
  await page.clock.runFor(9_000)
  await expect(undo).toBeVisible()
  await page.clock.runFor(2_000)
  await expect(undo).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+z')
  // A filter's chip would be there at once, before the archive answers.
  await expect(page.locator('[data-chip]')).toHaveCount(0)
  expect(await list.total()).toBe(SESSIONS)
})

test('UX-21 a saved view that is deleted comes back in its place', async ({ list, page }) => {
  await call(page, 'SaveViews', ['one', 'two', 'three'].map((name) => ({ ...noSearch(), text: name, id: name, name })))
  await page.reload()
  await list.shown()
  await page.getByRole('button', { name: 'Actions for the view two' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const names = page.getByRole('navigation').getByRole('listitem').locator('.view > span:first-child')
  await expect(names).toHaveText(['one', 'three'])
  await expect(page.getByTitle('three', { exact: true }), 'the view that comes in its place has the focus').toBeFocused()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(names).toHaveText(['one', 'two', 'three'])
  // The list shows a view at once; the archive has it when it has written it down.
  const kept = async () => (await call<{ name: string }[]>(page, 'Views')).map(({ name }) => name)
  await expect.poll(kept).toEqual(['one', 'two', 'three'])
})
