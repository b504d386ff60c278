// Sessions that come in while somebody works: the sync line tells of them, and
// nothing moves under the cursor.
import type { Page } from '@playwright/test'
import type { Row } from '../src/lib/idv.ts'
import { List, connect } from './list.ts'
import { expect, test } from './test.ts'

const footer = (page: Page) => page.locator('footer')

/** Where a row stands in the list's window, and who it is. */
function rowAt(list: List, row: number): Promise<[number, string]> {
  return list.grid.locator(`[data-row="${row}"]`).evaluate((element) => [element.getBoundingClientRect().top - element.closest('[role=grid]')!.getBoundingClientRect().top, element.querySelector('.cell.id [title]')!.getAttribute('title')!])
}

test('UX-31 the sync line tells how it goes, new sessions never move the row at the cursor; UX-10 the way back is the same row', async ({ openPage, page, openPortal, openProxy }) => {
  const portal = await openPortal('right', 1400)
  const { proxy, url } = await openProxy(portal, { pages: 1 })
  await openPage()
  await connect(page, url, 'right')
  const list = new List(page)
  await expect.poll(() => proxy.asked.length).toBe(2)
  await expect.poll(() => list.total()).toBe(proxy.passed)
  const before = proxy.passed
  await expect(footer(page).getByRole('progressbar', { name: 'Reading sessions' })).toBeVisible()
  await expect(footer(page)).toContainText(`${before.toLocaleString('en')} on this computer`)
  await expect(page.getByRole('button', { name: 'Cancel sync' })).toBeVisible()
  await page.evaluate(async () => {
    const { App } = (window as unknown as { go: { main: { App: { SaveLayout(layout: string): Promise<void> } } } }).go.main
    await App.SaveLayout(JSON.stringify({ shown: ['date', 'id'], widths: {} }))
  })
  await page.reload()
  await expect.poll(() => list.total()).toBe(before)
  await list.shown()
  const rows: Row[] = await list.find('')

  await list.grid.locator('[data-row="6"]').focus()
  const [top, id] = await rowAt(list, 6)
  expect(id).toBe(rows[6]!.sessionId)
  proxy.release()
  const fresh = page.getByRole('button', { name: /new – Show$/ })
  await expect(fresh).toBeVisible()
  await list.settled()
  await expect(footer(page)).toContainText(/Last synced|Finished/)
  const all = await list.find('')
  expect(all.length).toBeGreaterThan(before)
  await expect(fresh).toHaveText(`${(all.length - before).toLocaleString('en')} new – Show`)
  expect(await rowAt(list, 6)).toEqual([top, id])

  await page.keyboard.press('Enter')
  await expect(page.getByRole('main', { name: /^Session of/ }).locator('header code')).toHaveText(id)
  await page.keyboard.press('Escape')
  await expect(list.grid.locator('[data-row="6"]')).toBeFocused()
  expect(await rowAt(list, 6)).toEqual([top, id])

  await fresh.click()
  await expect.poll(() => list.total()).toBe(all.length)
  await expect(fresh).toHaveCount(0)
  await list.shown()
  expect((await rowAt(list, 0))[1]).toBe(all[0]!.sessionId)
})
