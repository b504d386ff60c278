// How the window looks and speaks: themes, contrast, motion, size, languages.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { WindowSettings } from '../src/lib/window-settings.ts'
import { call, command, expect, look, SESSIONS, test, words } from './shared.ts'

const background = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
const light = 'rgb(255, 255, 255)'
const dark = 'rgb(15, 19, 24)'

test('UX-35 the theme follows the system or the choice, and is remembered', async ({ list, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => background(page)).toBe(dark)
  await command(page, 'Theme: light')
  await expect.poll(() => background(page)).toBe(light)
  await page.emulateMedia({ colorScheme: 'light' })
  await command(page, 'Theme: dark')
  await expect.poll(() => background(page)).toBe(dark)
  // A window that is loaded anew while its settings are on their way would cut them off.
  await expect.poll(async () => (await call<WindowSettings>(page, 'WindowSettings')).theme).toBe('dark')
  await page.reload()
  await list.shown()
  expect(await background(page)).toBe(dark)
  await command(page, 'Theme: as the system')
  await expect.poll(() => background(page)).toBe(light)
})

test('UX-35 high contrast and reduced motion follow the system or the choice', async ({ list, page }) => {
  await list.shown()
  const border = (): Promise<string> => page.evaluate(() => getComputedStyle(document.querySelector('[role=grid] .head')!).borderBottomColor)
  const usual = await border()
  await page.emulateMedia({ contrast: 'more' })
  await expect.poll(border).not.toBe(usual)
  await page.emulateMedia({ contrast: 'no-preference' })
  await expect.poll(border).toBe(usual)
  await command(page, 'High contrast on or off')
  await expect.poll(border).not.toBe(usual)
  const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze()
  expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([])
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced')
  const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((one) => Math.max(...getComputedStyle(one).transitionDuration.split(',').map(parseFloat)) > 0.01).length)
  expect(moving).toBe(0)
})

test('UX-35 at 80 to 200 % nothing is lost', async ({ list, page }) => {
  for (const scale of [80, 200]) {
    await look(page, { scale })
    await page.reload()
    await expect.poll(() => list.total()).toBe(SESSIONS)
    await expect(page.locator('html')).toHaveCSS('font-size', `${scale / 10}px`)
    expect((await list.shown()).length).toBeGreaterThan(2)
    const lost = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, select')]
        .filter((control) => !control.closest('[role=grid]'))
        .filter((control) => {
          const { left, right, width } = control.getBoundingClientRect()
          return width > 0 && (left < 0 || right > innerWidth + 1)
        })
        .map((control) => control.getAttribute('aria-label') ?? control.textContent),
    )
    expect(lost, `${scale} %`).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${scale} %`).toBe(true)
  }
  await page.keyboard.press('ControlOrMeta+0')
  await expect(page.locator('html')).toHaveCSS('font-size', '10px')
  await page.keyboard.press('ControlOrMeta+-')
  await expect(page.locator('html')).toHaveCSS('font-size', '9px')
})

test('UX-36 the language changes at once, without a reload, and nothing that was typed is lost', async ({ list, page }) => {
  await list.search.fill('nin')
  const found = (await list.find('nin')).length
  await expect.poll(() => list.total()).toBe(found)
  await list.grid.locator('[data-row="2"]').focus()
  await page.evaluate(() => document.body.setAttribute('data-same', ''))
  let speaking = words('en')
  for (const [language, name] of [['ka', 'ქართული'], ['ru', 'Русский'], ['en', 'English']] as const) {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox', { name: speaking['palette.search']! }).fill(name)
    await page.keyboard.press('Enter')
    speaking = words(language)
    await expect(page.getByRole('button', { name: speaking['export.go']!, exact: true })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`))
    await expect(page.getByRole('grid', { name: speaking['grid.label']! })).toBeVisible()
    for (const key of ['column.firstName', 'column.date', 'column.verified', 'column.match']) await expect(page.getByRole('columnheader', { name: speaking[key]! }).first()).toBeVisible()
    await expect(page.locator('footer')).toContainText(speaking['lock.now']!)
    await expect(page.locator('[role=search] input')).toHaveValue('nin')
    await expect(page.locator('[data-row="2"]')).toBeFocused()
    expect(await page.locator('body[data-same]').count(), 'the page is the same').toBe(1)
  }
  await page.reload()
  await expect.poll(() => list.total()).toBe(SESSIONS)
})
