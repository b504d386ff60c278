// A session at a glance beside the list, and on its own page.
import type { Page } from '@playwright/test'
import type { Row } from '../src/lib/idv.ts'
import type { List } from './list.ts'
import { bundledFonts } from './looks.ts'
import { ask, call, expect, look, SESSIONS, test, words } from './shared.ts'

const peek = (page: Page) => page.getByRole('complementary', { name: 'Preview of the session' })
const details = (page: Page) => page.getByRole('main', { name: /^Session of/ })

/** Puts the focus on a row in view, from 0. */
const stand = (list: List, row: number): Promise<void> => list.grid.locator(`[data-row="${row}"]`).focus()

/** Waits until the page shows a session. */
const shows = (page: Page, row: Row): Promise<void> => expect(details(page).locator('header code')).toHaveText(row.sessionId)

test('UX-9 Space shows the session beside the list, it follows the arrows with the next photo ready, and Esc closes it', async ({ list, rows, page }) => {
  const photos = new Set<string>()
  page.on('response', (response) => response.ok() && photos.add(new URL(response.url()).pathname.split('/').slice(-3).join('/')))
  const at = rows.findIndex((row, i) => row.selfie !== '' && rows[i + 1]!.selfie !== '' && rows[i + 2]!.selfie !== '')
  await stand(list, at)
  await page.keyboard.press('Space')
  for (const row of rows.slice(at, at + 3)) {
    await expect(peek(page).getByRole('heading').first()).toContainText(row.firstName || row.sessionId.slice(0, 8))
    await expect(peek(page).getByRole('img', { name: /^Selfie/ })).toHaveAttribute('src', new RegExp(`/${row.ordinal}/full/`))
    const next = rows[rows.indexOf(row) + 1]!
    if (next.selfie !== '') await expect.poll(() => photos.has(`${next.ordinal}/full/${next.selfie}`), 'the next photo is here before it is asked for').toBe(true)
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Escape')
  await expect(peek(page)).toHaveCount(0)
  await expect(list.grid.locator(`[data-row="${at + 3}"]`)).toBeFocused()
})

test('UX-10 the way back from a session leads to the same row, place and ticks', async ({ list, rows, page }) => {
  await list.grid.evaluate((grid) => (grid.scrollTop = 44 * 900 + 17))
  await list.grid.locator('[data-row="905"]').waitFor()
  await list.shown()
  await stand(list, 903)
  await page.keyboard.press('x')
  await stand(list, 906)
  const place = (): Promise<number> => list.grid.locator('[data-row="906"]').evaluate((row) => row.getBoundingClientRect().top)
  const before = await place()
  for (const back of ['Escape', 'Alt+ArrowLeft']) {
    await page.keyboard.press('Enter')
    await shows(page, rows[906]!)
    await page.keyboard.press(back)
    await expect(list.grid.locator('[data-row="906"]')).toBeFocused()
    expect(await place(), back).toBe(before)
    await expect(page.getByRole('group', { name: 'Selected sessions' })).toContainText('1 selected')
    await expect(list.grid.locator('[data-row="903"] input')).toBeChecked()
  }
})

test('UX-11 the page steps through the list, says where it stands, and stops at both ends', async ({ list, page }) => {
  await list.search.fill('nin')
  const { rows, total } = await ask(page, { text: 'nin' })
  await expect.poll(() => list.total()).toBe(total)
  await stand(list, 0)
  await page.keyboard.press('Enter')
  const position = details(page).getByRole('status').first()
  const previous = details(page).getByRole('button', { name: 'Open the previous session' })
  const next = details(page).getByRole('button', { name: 'Open the next session' })
  await expect(previous).toBeDisabled()
  for (let at = 0; at < 4; at++) {
    await shows(page, rows[at]!)
    await expect(position).toHaveText(`${at + 1} of ${total}`)
    if (at % 2 === 0) await next.click()
    else await page.keyboard.press('Alt+ArrowDown')
  }
  await previous.click()
  await shows(page, rows[3]!)
  await page.keyboard.press('Escape')
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await shows(page, rows[total - 2]!)
  await next.focus()
  await page.keyboard.press('Enter')
  await shows(page, rows[total - 1]!)
  await expect(position).toHaveText(`${total} of ${total}`)
  await expect(next).toBeDisabled()
  await expect(next, 'the focus is not lost at the end').toBeFocused()
  await page.keyboard.press('Escape')
  await expect(list.grid.locator(`[data-row="${total - 1}"]`)).toBeFocused()
})

for (const language of ['en', 'ka', 'ru'] as const) {
  test(`the tabs of a session stand on one line in the window's first size, ${language}`, async ({ list: _, page }) => {
    await bundledFonts(page)
    await look(page, { language })
    await page.reload()
    await page.locator('[data-row="0"]').focus()
    await page.keyboard.press('Enter')
    const tabs = page.getByRole('tab')
    await expect(tabs).toHaveCount(6)
    await expect(tabs.nth(1)).toHaveAccessibleName(new RegExp(`^${words(language)['details.tab.activity']} \\d+$`))
    const tops = await tabs.evaluateAll((all) => all.map((tab) => tab.getBoundingClientRect().top))
    expect(new Set(tops).size, tops.join(', ')).toBe(1)
  })
}

test('UX-27 the match level is a meter, its rate, and words that say how it stands to the accepted one', async ({ list, rows, page }) => {
  const { settings } = await call<{ settings: { acceptedLevel: number } }>(page, 'State')
  const accepted = settings.acceptedLevel
  expect(accepted).toBeGreaterThan(1)
  const rates = ['', '100', '250', '500', '1,000', '10,000', '100,000', '500,000']
  for (const level of [2, accepted, 7]) {
    const row = rows.find(({ matchLevel }) => matchLevel === level)!
    await list.search.fill(row.sessionId)
    await expect.poll(() => list.total()).toBe(1)
    const meter = list.grid.locator('[data-row="0"]').getByRole('img', { name: `Match level ${level} of 7, false acceptance rate 1 in ${rates[level]}` })
    const low = level < accepted
    await expect(meter).toHaveAttribute('aria-label', low ? new RegExp(`under the accepted level ${accepted}$`) : /[0-9]$/)
    await expect(meter.locator('b')).toHaveText(String(level))
    await stand(list, 0)
    await page.keyboard.press('Enter')
    const words = low ? `This is under the accepted level ${accepted}.` : `This is accepted: the lowest accepted level is ${accepted}.`
    await expect(details(page).getByText(`Match level ${level} of 7, false acceptance rate 1 in ${rates[level]}. ${words}`)).toBeVisible()
    await page.keyboard.press('Escape')
  }
})

test('UX-28 the other sessions of a person stand together, and each can be opened', async ({ list, rows, page }) => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) if (row.personalNumber !== '') groups.set(row.personalNumber, [...(groups.get(row.personalNumber) ?? []), row])
  const [first, ...others] = [...groups.values()].find((group) => group.length >= 3) ?? [...groups.values()].find((group) => group.length === 2)!
  await list.search.fill(first!.sessionId)
  await expect.poll(() => list.total()).toBe(1)
  await list.search.press('Enter')
  await shows(page, first!)
  const same = details(page).getByRole('region', { name: 'Other sessions of this person' })
  await expect(same.getByRole('button')).toHaveCount(others.length)
  for (const [i, other] of others.entries()) {
    await same.getByRole('button').nth(i).click()
    await shows(page, other)
    await expect(details(page).getByRole('status').first()).toHaveText('Not in the shown list')
    await page.keyboard.press('Escape')
    await shows(page, first!)
  }
  expect(rows).toHaveLength(SESSIONS)
})

test('UX-39 a session prints on one page, A4 and Letter', async ({ list, rows, page }) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.toggleAttribute('data-printed', true)
  })
  await page.reload()
  await expect.poll(() => list.total()).toBe(SESSIONS)
  // The one with the most to tell, one with photos, one of which little is known.
  const longest = [...rows].sort((a, b) => b.extra.length - a.extra.length)[0]!
  const chosen = [longest, rows.find(({ selfie }) => selfie !== '')!, rows.find(({ firstName }) => firstName === '')!]
  for (const row of chosen) {
    await list.search.fill(row.sessionId)
    await expect.poll(() => list.total()).toBe(1)
    await list.search.press('Enter')
    await shows(page, row)
    await page.getByRole('tab', { name: 'Summary' }).waitFor()
    await page.keyboard.press('ControlOrMeta+p')
    await expect(page.locator('html[data-printed]')).toHaveCount(1)
    for (const format of ['A4', 'Letter']) {
      const pdf = (await page.pdf({ format })).toString('latin1')
      expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g), `${format} of ${row.sessionId}`).toHaveLength(1)
      // An empty sheet would be one page too.
      expect(pdf.length).toBeGreaterThan(10_000)
    }
    await page.evaluate(() => document.documentElement.toggleAttribute('data-printed', false))
    await page.keyboard.press('Escape')
  }
})
