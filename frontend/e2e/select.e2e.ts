// Ticking sessions, and copying them.
import { readSheet } from './sheets.ts'
import { expectSameRows, type List } from './list.ts'
import { ask, expect, SESSIONS, stopClock, test } from './shared.ts'

const bulk = (list: List) => list.page.getByRole('group', { name: 'Selected sessions' })
const clipboard = (list: List): Promise<string> => list.page.evaluate(() => (window as unknown as { runtime: { ClipboardGetText(): Promise<string> } }).runtime.ClipboardGetText())

test('UX-16 rows are ticked one by one, from here to there, and all of them as a rule', async ({ list, rows, page, many }) => {
  await list.grid.locator('[data-row="0"]').focus()
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowDown')
  await expect(bulk(list)).toContainText('5 selected')
  await bulk(list).getByRole('button', { name: 'Export' }).click()
  await expect.poll(() => many.home.exports('.csv')).toHaveLength(1)
  expectSameRows(readSheet(many.home.exports('.csv')[0]!), [rows[0]!, ...rows.slice(2, 6)])
  await page.keyboard.press('Escape')

  await list.grid.locator('[data-row="3"]').focus()
  await page.keyboard.press('Escape')
  await expect(bulk(list)).toHaveCount(0)
  await list.grid.locator('[data-row="3"] .cell.select input').click()
  await list.grid.locator('[data-row="3"]').focus()
  await list.grid.locator('[data-row="9"] .cell.select input').click({ modifiers: ['Shift'] })
  await expect(bulk(list)).toContainText('7 selected')

  await list.search.fill('n')
  const found = await list.find('n')
  await expect.poll(() => list.total()).toBe(found.length)
  await expect(bulk(list), 'another question, another selection').toHaveCount(0)
  await list.grid.locator('[data-row="4"]').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await expect(bulk(list)).toContainText(`${found.length.toLocaleString('en')} selected`)
  await page.keyboard.press('x')
  await expect(bulk(list)).toContainText(`${(found.length - 1).toLocaleString('en')} selected`)
  await bulk(list).getByRole('button', { name: 'Export' }).click()
  await expect.poll(() => many.home.exports('.csv')).toHaveLength(2)
  const sheets = many.home.exports('.csv').map(readSheet).sort((a, b) => a.rows.length - b.rows.length)
  expectSameRows(sheets[1]!, found.filter((_, i) => i !== 4))
})

test('UX-17 a row, the ticked rows or a cell are copied as a table, and the clipboard is cleared after a minute', async ({ list, rows, page }) => {
  await page.clock.install()
  await page.reload()
  await expect.poll(() => list.total()).toBe(SESSIONS)
  const header = 'First name\tLast name\tDate\tDocument\tLiveness\tVerified\tMatch\tExtra'
  await list.grid.locator('[data-row="1"]').focus()
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByText('1 session copied.')).toBeVisible()
  const line = (await clipboard(list)).split('\n')
  expect(line[0]).toBe(header)
  expect(line[1]!.split('\t').slice(0, 2)).toEqual([rows[1]!.firstName, rows[1]!.lastName])
  expect(line[1]!.split('\t')).toHaveLength(8)

  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByText('3 sessions copied.')).toBeVisible()
  const table = (await clipboard(list)).split('\n').map((cells) => cells.split('\t'))
  expect(table.slice(1).map((cells) => cells.slice(0, 2))).toEqual(rows.slice(1, 4).map(({ firstName, lastName }) => [firstName, lastName]))

  const named = (await list.shown()).find(({ cells }) => cells['Document'] === 'Passport' || cells['Document'] === 'ID card')!
  await stopClock(page)
  await list.grid.locator(`[data-row="${named.place - 1}"] .cell.document`).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy “Document”' }).click()
  await expect.poll(() => clipboard(list)).toBe(named.cells['Document'])
  await page.clock.runFor(59_000)
  expect(await clipboard(list)).toBe(named.cells['Document'])
  await page.clock.runFor(2_000)
  await expect.poll(() => clipboard(list)).toBe('')
})

test('UX-17 numbers and IDs of a session have a button that copies them', async ({ list, rows, page }) => {
  const at = rows.slice(0, 15).findIndex(({ personalNumber, documentNumber }) => personalNumber !== '' && documentNumber !== '')
  const row = rows[at]!
  await list.grid.locator(`[data-row="${at}"]`).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Copy the session ID' }).click()
  await expect.poll(() => clipboard(list)).toBe(row.sessionId)
  await page.getByRole('button', { name: 'Copy Personal number' }).click()
  await expect.poll(() => clipboard(list)).toBe(row.personalNumber)
  await page.getByRole('button', { name: 'Copy Document number' }).click()
  await expect.poll(() => clipboard(list)).toBe(row.documentNumber)
  expect((await ask(page, { text: row.sessionId })).total).toBe(1)
})
