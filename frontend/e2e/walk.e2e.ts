// The whole job without a mouse: from the first run to the lock. At every stop the
// focus is on something, and it can be seen.
import type { Page } from '@playwright/test'
import { noFilter } from '../src/lib/idv.ts'
import { List, expectSame, expectSameRows } from './list.ts'
import { ask } from './shared.ts'
import { readSheet } from './sheets.ts'
import { expect, test } from './test.ts'

/** What is wrong with the focus; '' nothing: it is on a part of the page, in view, and a ring around it or what it is in says so. */
async function faultOfFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focus = document.activeElement
    if (!(focus instanceof HTMLElement) || focus === document.body) return 'the focus is lost'
    const name = `${focus.tagName} ${focus.getAttribute('aria-label') ?? focus.textContent.trim().slice(0, 40)}`
    const { top, left, right, bottom, width, height } = focus.getBoundingClientRect()
    if (width === 0 || height === 0) return `${name} has no size`
    if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) return `${name} is out of view`
    // A whole page or dialog that has the focus for its keys needs no ring.
    if (focus.matches('main, [role=dialog]')) return ''
    const ringed = (element: Element | null): boolean => {
      if (!element) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow.includes('inset')
    }
    const marked = focus.matches('[role=menuitem], [role=menuitemcheckbox]') && focus.hasAttribute('data-highlighted')
    return marked || ringed(focus) || ringed(focus.parentElement) || ringed(focus.closest('label')) ? '' : `the focus on ${name} is not seen`
  })
}

/** Presses keys, and looks at the focus after each. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key)
    await expect.poll(() => faultOfFocus(page), `after ${key}`).toBe('')
  }
}

/** Goes on with Tab until the focus is on what is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const called = (): Promise<string> => page.evaluate(() => {
    const focus = document.activeElement as HTMLInputElement
    const label = focus.labels?.[0]?.textContent
    return focus === (document.body as HTMLElement) ? '' : (focus.getAttribute('aria-label') ?? label ?? focus.textContent.trim())
  })
  for (let i = 0; i < 40; i++) {
    if (name.test((await called()).trim())) return
    await press(page, 'Tab')
  }
  throw new Error(`Tab does not lead to ${name}`)
}

test('UX-40 the first result comes from demo data, and everything from there to the lock is done without the mouse', async ({ openPage, page, home }) => {
  await openPage()
  const list = new List(page)
  await page.getByRole('radio', { name: /demo data/ }).waitFor()
  await tabTo(page, /^Look around with demo data/)
  await press(page, 'ArrowDown', 'ArrowUp')
  await tabTo(page, /^Start with demo data$/)
  await page.keyboard.press('Enter')
  await list.grid.waitFor()
  await list.settled()
  const all = await list.total()
  expect(all).toBe(5000)

  // Search, and a filter by its menu.
  await press(page, 'ControlOrMeta+f')
  await page.keyboard.type('ni')
  const found = await list.find('ni')
  await expect.poll(() => list.total()).toBe(found.length)
  expectSame(await list.shown(), found)
  await tabTo(page, /^Status$/)
  await press(page, 'Enter')
  await page.getByRole('menuitemcheckbox', { name: /^Failed/ }).waitFor()
  await press(page, 'ArrowDown', 'Space', 'Escape')
  const failed = found.filter(({ outcome }) => outcome === 'failed')
  await expect.poll(() => list.total()).toBe(failed.length)

  // Sort, by the header.
  await tabTo(page, /^Last name$/)
  await press(page, 'Enter')
  await expect(list.grid.locator('[aria-sort=ascending]')).toHaveText(/Last name/)
  const { rows: sorted } = await ask(page, { text: 'ni', filter: { ...noFilter(), outcomes: ['failed'] }, sort: { by: 'lastName', ascending: true } })
  expect(new Set(sorted.map(({ sessionId }) => sessionId))).toEqual(new Set(failed.map(({ sessionId }) => sessionId)))
  await expect.poll(async () => (await list.shown())[0]?.cells['First name']?.startsWith(sorted[0]!.firstName || '******')).toBe(true)
  expectSame(await list.shown(), sorted)

  // The list: preview, open, next, back to the same row.
  await press(page, 'ControlOrMeta+f', 'ArrowDown', 'j', 'j', 'Space')
  await page.getByRole('complementary', { name: 'Preview of the session' }).getByRole('heading').first().waitFor()
  await press(page, 'j', 'Escape', 'Enter')
  const details = page.getByRole('main', { name: /^Session of/ })
  await details.getByRole('tab', { name: 'Summary' }).waitFor()
  await expect.poll(() => faultOfFocus(page)).toBe('')
  await tabTo(page, /^Summary$/)
  await press(page, 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'Alt+ArrowDown', 'Alt+ArrowUp', 'Escape')
  await expect(list.grid.locator('[data-row="3"]')).toBeFocused()

  // Select and export what is selected, then the whole view.
  await press(page, 'x', 'Shift+ArrowDown')
  await tabTo(page, /^Export$/)
  await press(page, 'Enter')
  await expect.poll(() => home.exports('.csv')).toHaveLength(1)
  expect(readSheet(home.exports('.csv')[0]!).rows).toHaveLength(2)
  await press(page, 'ControlOrMeta+e')
  await expect.poll(() => home.exports('.csv')).toHaveLength(2)
  const whole = home.exports('.csv').map(readSheet).find(({ rows }) => rows.length > 2)!
  expect(whole.rows).toHaveLength(failed.length)
  expectSameRows(whole, sorted)

  // Commands, settings and the lock.
  await press(page, 'ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Search commands' }).waitFor()
  await page.keyboard.type('dark')
  await press(page, 'Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await press(page, 'ControlOrMeta+,')
  await page.getByRole('dialog', { name: 'Settings' }).waitFor()
  await tabTo(page, /^Lock after/)
  await press(page, 'ArrowUp')
  await tabTo(page, /^Save$/)
  await press(page, 'Enter')
  await expect(page.getByText('Saved.')).toBeVisible()
  await press(page, 'Escape', 'F6', 'F6', 'Shift+F6')
  await page.keyboard.press('ControlOrMeta+Shift+l')
  await page.getByRole('heading', { name: 'Veridesk is locked' }).waitFor()
  await expect.poll(() => faultOfFocus(page)).toBe('')
  await press(page, 'Enter')
  await expect.poll(() => list.total()).toBe(failed.length)
  await expect.poll(() => faultOfFocus(page)).toBe('')
})
