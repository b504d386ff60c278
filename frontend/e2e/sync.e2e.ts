// A sync that does not go smoothly: stopped by hand, or with items that cannot be read.
import { List, connect, passphrase } from './list.ts'
import { expect, test } from './test.ts'

test('a sync that is stopped keeps what has come, and the next goes on from there', async ({ openPage, page, openPortal, openProxy }) => {
  const portal = await openPortal('right', 2300)
  const { proxy, url } = await openProxy(portal, { pages: 2 })
  await openPage()
  await connect(page, url, 'right')
  const list = new List(page)
  await expect.poll(() => proxy.asked.length).toBe(3)
  await expect.poll(() => list.total()).toBe(proxy.passed)

  await page.getByRole('button', { name: 'Cancel sync' }).click()
  await expect(page.getByText('The last sync was stopped')).toBeVisible()
  const kept = await list.find('')
  expect(kept).toHaveLength(proxy.passed)
  expect(kept.length).toBeGreaterThan(0)
  expect(kept.length).toBeLessThan(2300)

  proxy.release()
  const asked = proxy.asked.length
  await page.getByRole('button', { name: 'Refresh', exact: true }).click()
  const there = await fetch(`${portal}/verification/sessions?limit=1`, { headers: { Authorization: 'right' } })
  const { total } = (await there.json()) as { total: number }
  await expect.poll(() => list.total()).toBe(total)
  await list.settled()
  expect(proxy.asked[asked], 'the page after the last that was kept').not.toBe('')
  const all = new Set((await list.find('')).map((row) => row.sessionId))
  expect(all.size).toBe(total)
  expect(kept.filter((row) => !all.has(row.sessionId))).toEqual([])
})

test('UX-31 a sync that is paused says so, waits through a lock, and goes on where it stopped', async ({ openPage, page, openPortal, openProxy }) => {
  const portal = await openPortal('right', 2300)
  const { proxy, url } = await openProxy(portal, { pages: 2 })
  await openPage()
  await connect(page, url, 'right')
  const list = new List(page)
  await expect.poll(() => proxy.asked.length).toBe(3)
  await expect.poll(() => list.total()).toBe(proxy.passed)

  await page.getByRole('button', { name: 'Pause sync' }).click()
  await expect(page.getByText('Paused', { exact: true })).toBeVisible()
  const resume = page.getByRole('button', { name: 'Resume sync' })
  await expect(resume).toBeEnabled()
  const kept = await list.total()
  expect(kept).toBeLessThan(2300)
  proxy.release()
  await page.keyboard.press('ControlOrMeta+Shift+l')
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Paused', { exact: true })).toBeVisible()
  expect(proxy.asked, 'nothing was asked for by itself').toHaveLength(3)

  await resume.click()
  await expect.poll(() => list.total()).toBeGreaterThanOrEqual(2300)
  await list.settled()
  expect(proxy.asked[3], 'the page that was on its way').toBe(proxy.asked[2])
  await expect(page.getByText('Paused', { exact: true })).toHaveCount(0)
})

test('an item that cannot be read is told of with its reason, and the rest is there', async ({ openPage, page, openPortal, openProxy }) => {
  const broken = { sessionId: 'broken-one', createdAt: 'the day before yesterday' }
  const portal = await openPortal('right', 300)
  const { url } = await openProxy(portal, { change: (items) => [...items.slice(0, 6), broken, ...items.slice(6)] })
  await openPage()
  await connect(page, url, 'right')
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(300)

  await expect(page.getByText('1 item could not be read and was left out.')).toBeVisible()
  await page.getByRole('button', { name: 'Show what' }).click()
  const dialog = page.getByRole('dialog', { name: '1 item could not be read' })
  const cells = dialog.getByRole('row').nth(1).getByRole('cell')
  await expect(cells.nth(0)).toHaveText(url)
  await expect(cells.nth(1)).toHaveText('7')
  await expect(cells.nth(2)).toHaveText('createdAt')
  await expect(cells.nth(3)).not.toBeEmpty()
  await dialog.getByRole('button', { name: 'Close' }).click()
  expect((await list.find('')).filter((row) => row.sessionId === broken.sessionId)).toEqual([])
})
