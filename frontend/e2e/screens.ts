// A walk through every screen of the window, for the tests that look at all of
// them. It goes by keys and structure, not by words: the window may speak any language.
import { expect, type Locator, type Page } from '@playwright/test'
import { passphrase } from './list.ts'

/** What is done at each screen; the walk goes on when it is done. */
export type Look = (name: string) => Promise<void>

/** Waits until nothing on the page is on its way any more: rows, counts, photos, fonts. */
export async function calm(page: Page): Promise<void> {
  await expect(page.locator('[role=grid] [aria-busy=true], .stale')).toHaveCount(0)
  await page.evaluate(async () => {
    const seen = [...document.images].filter((image) => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight)
    await Promise.all([document.fonts.ready, ...seen.map((image) => image.decode().catch(() => undefined))])
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  })
}

/** The window with the list, its rows there. */
export async function openList(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.locator('[role=grid] [role=row] [role=gridcell]').first().waitFor()
  await calm(page)
}

const search = (page: Page): Locator => page.locator('[role=search] input')
const dialog = (page: Page): Locator => page.getByRole('dialog')
/** A row of the list by its place in view, from 0. */
export const row = (page: Page, at: number): Locator => page.locator(`[role=grid] [data-row="${at}"]`)
const filterButton = (page: Page, at: number): Locator => page.locator('[aria-haspopup]').and(page.locator('.bar button')).nth(at)

/** Esc, until what it closes is gone. */
async function close(page: Page, what: Locator): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(what).toHaveCount(0)
}

/** Opens what a key opens over the window, looks, and closes it. */
async function pressed(page: Page, key: string, name: string, look: Look): Promise<void> {
  await page.keyboard.press(key)
  await dialog(page).waitFor()
  await look(name)
  await close(page, dialog(page))
}

/** Opens what a button opens by the keyboard, looks, and closes it. */
async function opened(page: Page, button: Locator, opens: string, name: string, look: Look): Promise<void> {
  await button.focus()
  await page.keyboard.press('Enter')
  await page.locator(opens).waitFor()
  await look(name)
  await close(page, page.locator(opens))
}

/** The list, and all that opens over it. It begins and ends at the whole list. */
export async function walkList(page: Page, look: Look): Promise<void> {
  await look('list')
  // Before there is a step that can be taken back: that one is offered for ten seconds only.
  await pressed(page, 'ControlOrMeta+k', 'palette', look)
  await search(page).fill('nin')
  await expect(page.locator('[role=grid] mark').first()).toBeVisible()
  await look('found')
  await search(page).fill('wrtwrt')
  await page.locator('.blank').waitFor()
  await look('nothing')
  await search(page).fill('status:')
  await page.locator('[role=listbox]').waitFor()
  await search(page).press('ArrowDown')
  await look('offers')
  await search(page).fill('status:failed level:<=5 doc:id from:2024-01-01')
  await search(page).press('Enter')
  await expect(page.locator('[data-chip]')).toHaveCount(4)
  await look('filtered')
  await search(page).fill('')
  await walkViews(page, look)
  await page.locator('.bar .quiet').last().click()
  await expect(page.locator('[data-chip]')).toHaveCount(0)

  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  for (const [at, name] of ['document', 'status', 'spoof'].entries()) await opened(page, filterButton(page, at), '[role=menu]', `filter-${name}`, look)
  await opened(page, filterButton(page, 3), '.filter-panel', 'filter-level', look)
  await opened(page, filterButton(page, 4), '.filter-panel', 'filter-date', look)
  await opened(page, filterButton(page, 5), '[role=menu]', 'filter-more', look)
  const toolbar = page.locator('header .actions button')
  await opened(page, toolbar.nth(1), '[role=menu]', 'menu-refresh', look)
  await opened(page, toolbar.nth(3), '[role=menu]', 'menu-export', look)
  await opened(page, toolbar.nth(4), '[role=dialog]', 'columns', look)
  await pressed(page, '?', 'keys', look)
  await walkSettings(page, look)
  await walkRows(page, look)
}

async function walkSettings(page: Page, look: Look): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,')
  await dialog(page).waitFor()
  await look('settings-archive')
  await page.getByRole('tab').nth(1).click()
  await look('settings-window')
  await close(page, dialog(page))
}

/** A search is kept as a view, under a name that is longer than its place. */
async function walkViews(page: Page, look: Look): Promise<void> {
  const views = page.locator('nav')
  if (!(await views.isVisible())) return
  await views.locator('> button').last().click()
  await dialog(page).getByRole('textbox').fill('Identity cards that failed since the new camera came')
  await look('view-save')
  await dialog(page).locator('.primary').click()
  await expect(views.locator('li .number')).toHaveCount(1)
  await look('view-kept')
  await views.locator('li [aria-haspopup]').click()
  await page.getByRole('menu').waitFor()
  await look('menu-view')
  await page.getByRole('menuitem').last().click()
  await expect(views.locator('li')).toHaveCount(0)
}

/** The export of what the list shows, until its result is dismissed. */
export async function walkExport(page: Page, look: Look): Promise<void> {
  await page.keyboard.press('ControlOrMeta+e')
  await page.locator('.card .path').waitFor()
  await look('exported')
  await page.locator('.card .line button').click()
  await expect(page.locator('.card')).toHaveCount(0)
}

async function walkRows(page: Page, look: Look): Promise<void> {
  await row(page, 2).locator('.first').click()
  await page.keyboard.press('Space')
  await page.locator('aside dl').first().waitFor()
  await look('peek')
  await row(page, 2).locator('.first').click()
  await page.keyboard.press('Space')
  await expect(page.locator('aside')).toHaveCount(0)
  await row(page, 3).locator('.first').click({ button: 'right' })
  await page.getByRole('menu').waitFor()
  await look('menu-row')
  await close(page, page.getByRole('menu'))
  await row(page, 3).locator('.first').click()
  await pressed(page, 'Delete', 'erase', look)
  for (const at of [1, 2, 4]) await row(page, at).getByRole('checkbox').click()
  await page.locator('.bulk').waitFor()
  await look('selected')
  await page.locator('.bulk button').last().click()
}

/** A session's page, tab by tab, and back to the list. */
export async function walkDetails(page: Page, look: Look, at = 0): Promise<void> {
  await row(page, at).locator('.first').click()
  await page.keyboard.press('Enter')
  const tabs = page.locator('.data [role=tab]')
  await tabs.first().waitFor()
  for (const [place, name] of ['summary', 'activities', 'pep', 'extra', 'notes', 'attempts'].entries()) {
    await tabs.nth(place).click()
    await look(`details-${name}`)
  }
  await tabs.first().click()
  await page.locator('.photos [role=group]').first().focus()
  await page.keyboard.press('o')
  await page.keyboard.press('+')
  // The selfie's frame is gone, and with it the focus: the keys are the page's all the same.
  await expect(page.locator('.tools .zoom')).not.toHaveText(/100/)
  await look('details-overlay')
  await page.keyboard.press('o')
  await page.keyboard.press('0')
  await page.keyboard.press('Escape')
  await row(page, at).waitFor()
}

/** The first run up to an archive that is protected, and the portal's form. */
export async function walkStart(page: Page, look: Look): Promise<void> {
  await page.locator('input[value=portal]').waitFor()
  await look('start')
  await page.locator('input[value=portal]').check()
  await page.locator('.buttons .primary').click()
  await page.locator('input[type=password]').first().waitFor()
  await page.locator('input[type=password]').first().fill(passphrase)
  await look('protect')
  await page.locator('input[type=password]').nth(1).fill(passphrase)
  await page.locator('.buttons .primary').click()
  await page.locator('.groups').waitFor()
  await look('code')
  await page.getByRole('checkbox').check()
  await page.locator('.buttons .primary').click()
  await page.locator('input[type=password]').waitFor()
  await look('connect')
}

/** The pages that ask for a secret, and the locked window. It ends with the list again. */
export async function walkLock(page: Page, look: Look): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,')
  for (const [at, name] of ['passphrase', 'new-code'].entries()) {
    await page.locator('.ways button').nth(at).click()
    await page.locator('form input[type=password]').first().waitFor()
    await look(`settings-${name}`)
    await page.locator('form .buttons button').first().click()
  }
  await page.locator('.ways .danger').click()
  await page.locator('form .danger').waitFor()
  await look('settings-wipe')
  await close(page, dialog(page))
  await page.keyboard.press('ControlOrMeta+Shift+L')
  await page.locator('form input[type=password]').waitFor()
  await look('locked')
  await page.locator('form .quiet').last().click()
  await page.locator('textarea').waitFor()
  await look('recover')
  await page.locator('.last .quiet').click()
  await page.locator('form .danger').waitFor()
  await look('wipe')
  await page.locator('form .buttons button').first().click()
  await page.locator('form input[type=password]').fill(passphrase)
  await page.locator('form .primary').click()
  await page.locator('[role=grid]').waitFor()
}
