// The main job in a browser, with the real back end behind the page.
import type { Page } from '@playwright/test'
import { List, expectSame, expectSameRows, matches } from './list.ts'
import { readSheet } from './sheets.ts'
import { expect, test } from './test.ts'

test('first start, demo data, three letters, a spreadsheet', async ({ openPage, page, home }) => {
  const faults = watchFaults(page)
  await openPage()
  const list = new List(page)
  const all = await list.startDemo()
  expect(all).toBeGreaterThan(1000)
  await expect(page.getByRole('status').filter({ hasText: /sessions/ })).toContainText(all.toLocaleString('en'))

  let before = all
  for (const typed of ['n', 'ni', 'nin']) {
    await list.search.pressSequentially(typed.slice(-1))
    await expect.poll(() => list.total()).toBe((await list.find(typed)).length)
    const found = await list.total()
    expect(found).toBeLessThan(before)
    before = found
  }
  const found = await list.find('nin')
  expect(found.length).toBeGreaterThan(0)
  expect(found.filter((row) => !matches(row, 'nin'))).toEqual([])
  expectSame(await list.shown(), found)

  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect.poll(() => home.exports('.csv')).toHaveLength(1)
  expectSameRows(readSheet(home.exports('.csv')[0]!), found)

  await page.getByRole('button', { name: /export formats/i }).click()
  await page.getByRole('menuitem', { name: /Excel .xlsx, to the usual folder/ }).click()
  await expect.poll(() => home.exports('.xlsx')).toHaveLength(1)
  expectSameRows(readSheet(home.exports('.xlsx')[0]!), found)
  expect(faults).toEqual([])
})

test('the list reaches its first and its last row, and a refresh that brings nothing changes nothing', async ({ openPage, page }) => {
  await openPage()
  const list = new List(page)
  const all = await list.startDemo()
  const rows = await list.find('')
  expect(rows).toHaveLength(all)

  await list.grid.getByRole('row').nth(1).click()
  await page.keyboard.press('End')
  await expect.poll(async () => (await list.shown()).at(-1)?.place).toBe(all)
  expectSame(await list.shown(), rows)
  await page.keyboard.press('Home')
  await expect.poll(async () => (await list.shown())[0]?.place).toBe(1)
  expectSame(await list.shown(), rows)

  await page.getByRole('button', { name: 'Refresh', exact: true }).click()
  await list.settled()
  const after = await list.find('')
  expect(after.map(({ sessionId }) => sessionId)).toEqual(rows.map(({ sessionId }) => sessionId))
  // Photos come in meanwhile; and the demo portal decides on pending sessions from its twentieth second on.
  const decided = new Set(rows.filter(({ outcome }) => outcome !== 'pending').map(({ sessionId }) => sessionId))
  const stays = (list: typeof rows) => list.filter(({ sessionId }) => decided.has(sessionId)).map((row) => ({ ...row, selfie: '' }))
  expect(stays(after)).toEqual(stays(rows))
  expectSame(await list.shown(), rows)
})

/** Collects what goes wrong in the page, but for a known fault of Wails' own script for browsers. */
function watchFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => {
    if (!error.stack?.includes('/wails/ipc.js')) faults.push(String(error))
  })
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404')) faults.push(message.text())
  })
  return faults
}
