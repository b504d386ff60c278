// Saved views, and exports of what a view shows.
import { readdirSync, rmSync } from 'node:fs'
import { noFilter } from '../src/lib/idv.ts'
import { expectSameRows } from './list.ts'
import { call, command, expect, passing, test } from './shared.ts'
import { describeSheet, readSheet } from './sheets.ts'

/** The columns of the portal's own export. */
const fields = [
  'Personal Number', 'First Name', 'Last Name', 'Document Number', 'Birth Date', 'Nationality', 'Sex', 'Expiration Date', 'Verified', 'Document Valid',
  'Liveness Status', 'Match Level', 'Creation time', 'Completion time', 'Partner', 'Session ID', 'Extra', 'Document type', 'Client IP', 'Device', 'Browser',
  'OS', 'Model', 'Attempts',
]

test('UX-18 a search is kept with a name and its count, found again, renamed and moved', async ({ list, page }) => {
  const nav = page.getByRole('navigation', { name: 'Saved views' })
  const failed = await passing(page, { ...noFilter(), outcomes: ['failed'] }, 'n')
  const passports = await passing(page, { ...noFilter(), documents: ['passport'] })
  const keep = async (text: string, name: string): Promise<void> => {
    await list.search.fill(text)
    await nav.getByRole('button', { name: 'Save this view…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await keep('status:failed n', 'Failed n')
  await nav.getByRole('button', { name: /^All sessions/ }).click()
  await expect(list.search).toHaveValue('')
  await keep('doc:passport', 'Passports')
  await expect(nav.getByRole('button', { name: `Failed n, ${failed} session` })).toHaveText(/Failed n\s*\d/)

  await nav.getByRole('button', { name: `Failed n, ${failed} session` }).click()
  await expect.poll(() => list.total()).toBe(failed)
  await expect(list.search).toHaveValue('n')
  await nav.getByRole('button', { name: 'Actions for the view Passports' }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('With a passport')
  await page.keyboard.press('Enter')
  await nav.getByRole('button', { name: 'Actions for the view With a passport' }).click()
  await page.getByRole('menuitem', { name: 'Move up' }).click()
  const names = nav.getByRole('listitem').locator('.view > span:first-child')
  await expect(names).toHaveText(['With a passport', 'Failed n'])

  await page.reload()
  await expect(names, 'they are kept').toHaveText(['With a passport', 'Failed n'])
  await nav.getByRole('button', { name: `With a passport, ${passports} sessions` }).click()
  await expect.poll(() => list.total()).toBe(passports)
})

test('UX-22 one key writes exactly the rows of the view, in its order, in the fields of the portal', async ({ list, page, many }) => {
  await list.search.fill('status:failed n')
  await list.grid.getByRole('columnheader', { name: 'Last name' }).getByRole('button').click()
  const search = { text: 'n', filter: { ...noFilter(), outcomes: ['failed'] }, sort: { by: 'lastName', ascending: true } }
  const { rows } = await call<{ rows: Parameters<typeof expectSameRows>[1] }>(page, 'Find', { ...search, offset: 0, limit: 1000, facets: false, only: [], except: [] })
  await expect.poll(() => list.total()).toBe(rows.length)
  await page.keyboard.press('ControlOrMeta+e')
  await expect.poll(() => many.home.exports('.csv')).toHaveLength(1)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const sheet = readSheet(many.home.exports('.csv')[0]!)
  expectSameRows(sheet, rows)
  expect(sheet.header).toEqual(fields)
})

test('UX-23 a workbook has typed cells, a header that stays and filters', async ({ list, page, many }) => {
  await list.search.fill('ni')
  const rows = await list.find('ni')
  await expect.poll(() => list.total()).toBe(rows.length)
  await command(page, 'Export current view to Excel')
  await expect.poll(() => many.home.exports('.xlsx')).toHaveLength(1)
  const [file] = many.home.exports('.xlsx')
  expectSameRows(readSheet(file!), rows)
  const about = describeSheet(file!)
  expect(about.frozen).toMatch(/^[A-Z]2$/)
  expect(about.filter?.replaceAll('$', '')).toBe(`A1:X${rows.length + 1}`)
  expect(about.kinds['Personal Number']).toEqual(['str'])
  expect(about.kinds['Document Number']).toEqual(['str'])
  expect(about.kinds['Creation time']).toEqual(['datetime'])
  expect(about.kinds['Match Level']).toEqual(['int'])
})

test('UX-24 an export that is cancelled leaves no file, and one that is done can be shown', async ({ list, page, many }) => {
  // Two thousand rows are written before the button could be found and pressed from here:
  // the page presses it as soon as it is there. When even that is too late, the export says
  // that it is done, and all begins again; nothing else is forgiven.
  const done = page.getByRole('button', { name: 'Show in folder' })
  await expect(async () => {
    for (const file of many.home.exports('.xlsx')) rmSync(file)
    await page.reload()
    await list.shown()
    await page.evaluate(pressCancel)
    await command(page, 'Export current view to Excel')
    await expect(page.locator('body[data-pressed]')).toBeAttached({ timeout: 5000 })
    await expect(page.getByRole('button', { name: 'Cancel export' })).toHaveCount(0)
    const late = await done.waitFor({ timeout: 1000 }).then(() => true, () => false)
    expect(late).toBe(false)
  }).toPass({ timeout: 60_000 })
  expect(readdirSync(many.home.downloads)).toEqual([])
  await expect(page.getByRole('alert')).toHaveCount(0)

  await page.reload()
  await list.shown()
  await command(page, 'Export current view to Excel')
  await expect(done).toBeVisible()
  await expect(page.getByText('2,000 sessions exported')).toBeVisible()
  expect(readdirSync(many.home.downloads)).toHaveLength(1)
})

/** Presses the button that cancels an export as soon as it is there, and marks the page then. */
function pressCancel(): void {
  const press = (): void => {
    const button = document.querySelector<HTMLElement>('[aria-label="Cancel export"]')
    button?.click()
    if (button) document.body.dataset['pressed'] = ''
  }
  new MutationObserver(press).observe(document.body, { subtree: true, childList: true })
}
