// The lock: what protects an archive on its way from the first passphrase to the
// last, and what is left of it on the screen and on the disk.
import { List, connect, fillConnection, passphrase, protect } from './list.ts'
import { expect, test } from './test.ts'

test('UX-37 a locked archive shows nothing, answers nothing, and comes back to the same row', async ({ openPage, page, openPortal }) => {
  const portal = await openPortal('right', 300)
  await openPage()
  await connect(page, portal, 'right')
  const list = new List(page)
  await list.grid.waitFor()
  await list.settled()
  await list.search.fill('n')
  const found = await list.find('n')
  await expect.poll(() => list.total()).toBe(found.length)
  expect(found.length).toBeGreaterThan(25)
  const row = list.grid.locator('[data-row="20"]')
  await list.grid.getByRole('row').nth(1).focus()
  for (let i = 0; i < 20; i++) await page.keyboard.press('j')
  await expect(row).toBeFocused()
  const place = await row.evaluate((row) => row.getBoundingClientRect().top)
  const photo = await photoAddress(page)
  expect(await status(page, photo)).toBe(200)

  await page.keyboard.press('ControlOrMeta+Shift+L')
  await page.getByRole('heading', { name: 'Veridesk is locked' }).waitFor()
  const text = await page.evaluate(() => document.documentElement.outerHTML + document.title)
  const names = new Set(found.flatMap((row) => [row.firstName, row.lastName, row.personalNumber, row.sessionId]).filter((word) => word.length > 3))
  expect([...names].filter((name) => text.includes(name))).toEqual([])
  expect(await status(page, photo)).toBe(404)
  for (const call of ["Find({ text: '', offset: 0, limit: 1 })", "Erase(['x'])", 'Refresh()', 'Backup()', "Export({ text: '', offset: 0, limit: 1 }, 'csv', false)"]) {
    const answer = await page.evaluate(`window.go.main.App.${call}.then(() => 'an answer', (error) => String(error?.message ?? error))`)
    expect(answer).toContain('"locked"')
  }

  await page.getByLabel('Passphrase', { exact: true }).fill('wrong horse battery')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByRole('alert')).toContainText('does not open')
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeEnabled()
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect.poll(() => list.total()).toBe(found.length)
  await expect(list.search).toHaveValue('n')
  await expect(row).toBeFocused()
  await expect(row.getByRole('gridcell').nth(2)).toContainText(found[20]!.firstName || '******')
  expect(await row.evaluate((row) => row.getBoundingClientRect().top)).toBe(place)
  expect(await status(page, photo)).toBe(404)
})

test('a forgotten passphrase is replaced with the recovery code', async ({ openPage, page, openPortal }) => {
  const portal = await openPortal('right', 40)
  await openPage()
  await page.getByRole('radio', { name: /Connect to your portal/ }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  const code = await protect(page)
  await fillConnection(page, portal, 'right')
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(40)
  await list.settled()
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await page.getByRole('button', { name: 'Forgot the passphrase?' }).click()
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(code.replaceAll(/\s/g, ''))
  await page.getByLabel(/^(New passphrase|Passphrase)$/).fill('another long passphrase')
  await page.getByLabel('The same again').fill('another long passphrase')
  await page.getByRole('button', { name: 'Open and set the passphrase' }).click()
  await expect.poll(() => list.total()).toBe(40)
})

test('a session that is erased leaves a tombstone', async ({ openPage, page, openPortal }) => {
  const portal = await openPortal('right', 40)
  await openPage()
  await connect(page, portal, 'right')
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(40)
  await list.settled()
  const gone = (await list.find('')).find((row) => row.firstName && row.erased === '' && row.personalNumber)!
  await list.search.fill(gone.sessionId)
  await expect.poll(() => list.total()).toBe(1)
  await list.grid.getByRole('row').nth(1).click()
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(gone.sessionId)
  await dialog.getByRole('button', { name: /^Erase/ }).click()
  await expect(list.grid.getByRole('gridcell', { name: 'Erased on request', exact: true }).last()).toBeVisible()
  const left = await list.find(gone.sessionId)
  expect(left).toMatchObject([{ sessionId: gone.sessionId, erased: 'user', firstName: '', personalNumber: '' }])
  expect((await list.find(gone.personalNumber)).filter((row) => row.sessionId === gone.sessionId)).toEqual([])
})

/** The address of the first photo that is kept. */
async function photoAddress(page: import('@playwright/test').Page): Promise<string> {
  const read = async () =>
    page.evaluate(`(async () => {
      const { State, Find } = window.go.main.App
      const { rows } = await Find({ text: '', offset: 0, limit: 1000 })
      const row = rows.find((r) => r.selfie)
      return row ? (await State()).lock.photos + '/' + row.ordinal + '/small/' + row.selfie : ''
    })()`) as Promise<string>
  await expect.poll(read, { timeout: 30_000 }).not.toBe('')
  return read()
}

function status(page: import('@playwright/test').Page, address: string): Promise<number> {
  return page.evaluate((url) => fetch(url).then((answer) => answer.status), address)
}
