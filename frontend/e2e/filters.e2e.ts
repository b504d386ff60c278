// Filters: each narrows the list to exactly what it says, and counts what it would find.
import type { Locator, Page } from '@playwright/test'
import { noFilter, type Row } from '../src/lib/idv.ts'
import { expectSame } from './list.ts'
import { call, command, expect, passing, test } from './shared.ts'

test.use({ timezoneId: 'Asia/Tbilisi' })

const bar = (page: Page): Locator => page.getByRole('group', { name: 'Filters' })
const open = (page: Page, menu: string): Promise<void> => bar(page).getByRole('button', { name: menu, exact: true }).click()
const chip = (page: Page, text: string): Locator => bar(page).getByRole('button', { name: new RegExp(`^Remove the filter ${text}`) })

/** Ticks a value of a menu. */
async function tick(page: Page, menu: string, value: RegExp): Promise<void> {
  await open(page, menu)
  await page.getByRole('menuitemcheckbox', { name: value }).click()
  await page.keyboard.press('Escape')
}

test('UX-2 document, status, spoof, level and date narrow the list together, and a chip takes each away', async ({ list, rows, page }) => {
  const shows = async (keep: (row: Row) => boolean): Promise<void> => {
    const left = rows.filter(keep)
    await expect.poll(() => list.total()).toBe(left.length)
    if (left.length > 0) expectSame(await list.shown(), left)
  }
  const passport = (row: Row): boolean => row.documentType === 'passport'
  const failed = (row: Row): boolean => row.outcome === 'failed'
  const accepted = (await call<{ settings: { acceptedLevel: number } }>(page, 'State')).settings.acceptedLevel
  const low = (row: Row): boolean => row.matchLevel > 0 && row.matchLevel < accepted
  const level = (row: Row): boolean => row.matchLevel >= 1 && row.matchLevel <= 3
  const since = new Date(rows[Math.floor(rows.length * 0.8)]!.createdAt).toISOString().slice(0, 10)
  const late = (row: Row): boolean => row.createdAt >= new Date(`${since}T00:00:00+04:00`).toISOString()

  await tick(page, 'Document', /^Passport/)
  await shows(passport)
  await tick(page, 'Status', /^Failed/)
  await shows((row) => passport(row) && failed(row))
  await tick(page, 'Possible spoof', /^Low match level/)
  await shows((row) => passport(row) && failed(row) && low(row))
  await open(page, 'Match level')
  await page.getByLabel('To level').selectOption({ index: 3 })
  await page.getByLabel('From level').selectOption({ index: 1 })
  await page.keyboard.press('Escape')
  await shows((row) => passport(row) && failed(row) && low(row) && level(row))
  await open(page, 'Date')
  await page.getByLabel('From', { exact: true }).fill(since)
  await page.getByRole('button', { name: 'Apply' }).click()
  await shows((row) => passport(row) && failed(row) && low(row) && level(row) && late(row))

  await chip(page, 'Passport').click()
  await shows((row) => failed(row) && low(row) && level(row) && late(row))
  await expect(chip(page, 'Failed'), 'the chip that comes in its place has the focus').toBeFocused()
  await page.keyboard.press('Backspace')
  await shows((row) => low(row) && level(row) && late(row))
  await page.keyboard.press('Delete')
  await shows((row) => level(row) && late(row))
  await page.keyboard.press('Backspace')
  await shows(late)
  await page.keyboard.press('Backspace')
  await shows(() => true)
  await expect(bar(page).locator('[data-chip]')).toHaveCount(0)

  await tick(page, 'Document', /^Passport/)
  await tick(page, 'Status', /^Failed/)
  await shows((row) => passport(row) && failed(row))
  await chip(page, 'Passport').focus()
  for (const key of ['Backspace', 'Backspace']) await page.keyboard.press(key)
  await shows(() => true)
})

test('UX-3 the count beside every value is what the list finds with it', async ({ list, page }) => {
  await list.search.fill('n')
  await tick(page, 'Status', /^Verified/)
  await expect(chip(page, 'Verified')).toBeVisible()
  for (const menu of ['Document', 'Possible spoof', 'More']) {
    await expect.poll(() => list.total()).toBe(await passing(page, { ...noFilter(), outcomes: ['verified'] }, 'n'))
    await open(page, menu)
    const items = page.getByRole('menuitemcheckbox')
    await expect(items.locator('.stale')).toHaveCount(0)
    const offered = await items.evaluateAll((found) => found.map((item) => [item.querySelector('.text')!.textContent, item.querySelector('.number')!.textContent] as const))
    expect(offered.length, menu).toBeGreaterThan(2)
    for (const [value, count] of offered) {
      const item = items.filter({ has: page.getByText(value, { exact: true }) })
      await item.click()
      if (count === '0') await page.getByRole('heading', { name: 'Nothing found for “n”' }).waitFor()
      else await expect.poll(() => list.total(), `${menu}: ${value}`).toBe(Number(count.replaceAll(',', '')))
      await expect(item.locator('.number'), 'its own choice changes no count').toHaveText(count)
      await item.click()
    }
    await page.keyboard.press('Escape')
  }
})

test('UX-3 the count beside every level is what the list finds at it', async ({ list, page }) => {
  await list.search.fill('n')
  await open(page, 'Match level')
  const counts = page.locator('.filter-panel dl > div')
  await expect(counts).toHaveCount(8)
  await expect(page.locator('.filter-panel dl.stale')).toHaveCount(0)
  await expect.poll(async () => Number((await counts.first().locator('dd').textContent())!.replaceAll(',', ''))).toBe(await level(page, 1))
  for (const [i, text] of (await counts.locator('dd').allTextContents()).entries()) {
    expect(Number(text.replaceAll(',', '')), `level ${i + 1}`).toBe(await level(page, i === 7 ? 0 : i + 1))
  }
})

/** How many of the found sessions have a level; 0 none. */
function level(page: Page, at: number): Promise<number> {
  return passing(page, { ...noFilter(), matches: { min: at, max: at, none: at === 0 } }, 'n')
}

test('UX-4 the search box offers keys and their values with exact counts; arrows, Tab and Enter take one', async ({ list, page }) => {
  const offers = page.getByRole('listbox', { name: 'What may follow' })
  await page.keyboard.press('ControlOrMeta+f')
  await page.keyboard.type('sta')
  await expect(offers.getByRole('option')).toHaveText([/^status:/])
  const [box, offer] = [(await list.search.boundingBox())!, (await offers.boundingBox())!]
  expect(offer.y - box.y - box.height, 'they stand under the box').toBeLessThan(16)
  expect(offer.y).toBeGreaterThan(box.y + box.height)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await expect(list.search).toHaveValue('status:')
  const failed = await passing(page, { ...noFilter(), outcomes: ['failed'] })
  await expect(offers.getByRole('option', { name: /^failed/ })).toHaveText(new RegExp(`^failed\\s+Failed\\s*${failed}$`))
  await page.keyboard.type('fa')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(list.search).toHaveValue('status:failed ')
  await expect.poll(() => list.total()).toBe(failed)
  await page.keyboard.type('lev')
  await expect(offers).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(offers).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect(list.grid.locator('[data-row="0"]'), 'without offers the arrow leads to the list').toBeFocused()
})

test('UX-4 qualifiers in the box are filters, become chips, and come back as text', async ({ list, rows, page }) => {
  await list.search.fill('status:failed level:<=3 doc:passport,ID nin')
  const found = await list.find('nin')
  const passed = found.filter(({ outcome, matchLevel, documentType }) => outcome === 'failed' && matchLevel >= 1 && matchLevel <= 3 && ['passport', 'ID'].includes(documentType))
  await expect.poll(() => list.total()).toBe(passed.length)
  await list.search.press('Enter')
  await expect(list.search).toHaveValue('nin')
  for (const text of ['Passport', 'ID card', 'Failed', 'Level ≤ 3']) await expect(chip(page, text)).toBeVisible()
  await expect.poll(() => list.total()).toBe(passed.length)
  await command(page, 'Filters as text')
  await expect(list.search).toHaveValue('doc:passport,ID status:failed level:<=3 nin')
  await expect.poll(() => list.total()).toBe(passed.length)

  await list.search.fill('nin status:fialed ')
  await expect(page.getByRole('alert')).toContainText('“status:fialed” (character 5)')
  await expect.poll(() => list.total()).toBe(found.length)
  expect(rows.length).toBeGreaterThan(found.length)
})
