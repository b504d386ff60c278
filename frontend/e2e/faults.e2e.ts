// What goes wrong is said in a sentence, and the archive stays as it was.
import { rmSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { List } from './list.ts'
import { freePort } from './process.ts'
import { expect, test } from './test.ts'

test('a portal that does not answer, or refuses the key', async ({ openPage, page, home, openPortal }) => {
  await openPage()
  const dead = `http://127.0.0.1:${await freePort()}`
  await page.getByRole('radio', { name: /Connect to your portal/ }).check()
  await connect(page, dead, 'anything')
  await expect(page.getByRole('alert')).toContainText('127.0.0.1')

  const portal = await openPortal('right', 300)
  await connect(page, portal, 'wrong')
  await expect(page.getByRole('alert')).toContainText('the portal refused the key')

  await connect(page, portal, 'right')
  const list = new List(page)
  await list.grid.waitFor()
  await list.settled()
  await expect.poll(() => list.total()).toBe(300)

  await page.getByRole('button', { name: /More ways to bring sessions in/ }).click()
  await page.getByRole('menuitem', { name: /Portal connection/ }).click()
  await connect(page, dead, 'right')
  await expect(page.getByRole('alert')).toContainText('127.0.0.1')
  expect(await list.find('')).toHaveLength(300)
  expect(home.exports('')).toEqual([])
})

test('an export that cannot be written leaves no file', async ({ openPage, page, home }) => {
  await home.command('sync', '--demo', '--sessions', '200')
  rmSync(home.downloads, { recursive: true })
  writeFileSync(home.downloads, 'not a folder')
  await openPage()
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(200)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText(/Nothing was written|No file was written/)
})

async function connect(page: Page, address: string, key: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Address' }).fill(address)
  await page.getByRole('textbox', { name: 'Secret key' }).fill(key)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
}
