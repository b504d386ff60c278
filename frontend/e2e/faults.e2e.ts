// What goes wrong is said in a sentence, and the archive stays as it was.
import { rmSync, writeFileSync } from 'node:fs'
import { List, connect, fillConnection } from './list.ts'
import { freePort } from './process.ts'
import { expect, test } from './test.ts'

test('a portal that does not answer, or refuses the key', async ({ openPage, page, home, openPortal }) => {
  await openPage()
  const dead = `http://127.0.0.1:${await freePort()}`
  await connect(page, dead, 'anything')
  await expect(page.getByRole('alert')).toContainText('127.0.0.1')

  const portal = await openPortal('right', 300)
  await fillConnection(page, portal, 'wrong')
  await expect(page.getByRole('alert')).toContainText('the portal refused the key')

  await fillConnection(page, portal, 'right')
  const list = new List(page)
  await list.grid.waitFor()
  await list.settled()
  await expect.poll(() => list.total()).toBe(300)

  await page.getByRole('button', { name: /More ways to bring sessions in/ }).click()
  await page.getByRole('menuitem', { name: /Portal connection/ }).click()
  await fillConnection(page, dead, 'right')
  await expect(page.getByRole('alert')).toContainText('127.0.0.1')
  expect(await list.find('')).toHaveLength(300)
  expect(home.exports('')).toEqual([])
})

test('an export that cannot be written leaves no file', async ({ openPage, page, home }) => {
  await home.command('sync', '--no-passphrase', '--photos-for', '0s', '--demo', '--sessions', '200')
  rmSync(home.downloads, { recursive: true })
  writeFileSync(home.downloads, 'not a folder')
  await openPage()
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(200)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText(/Nothing was written|No file was written/)
})
