// One archive of invented sessions for all tests that leave its sessions as they
// are: the app is started once, and each test loads the page anew.
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { noSearch, queryOf, type Filter, type Page as Answer, type Query, type Row, type Search } from '../src/lib/idv.ts'
import type { WindowSettings } from '../src/lib/window-settings.ts'
import { startDisplay } from './display.ts'
import { Home } from './home.ts'
import { List } from './list.ts'
import { expect, test as base } from './test.ts'

export const SESSIONS = 2000

interface Demo {
  home: Home
  url: string
}

interface Fixtures {
  /** The loaded list of all sessions. Views, columns, the window's settings and exports are cleared away after the test. */
  list: List
  /** Every session, newest first. */
  rows: Row[]
}

export const test = base.extend<Fixtures, { many: Demo }>({
  many: [
    async ({}, use) => {
      // Keys that a test sends to its own window must not come to this one's.
      const display = await startDisplay()
      const home = new Home(display.env)
      const sync = await home.command('--no-passphrase', 'sync', '--demo', '--sessions', String(SESSIONS), '--photos-for', '5s')
      expect(sync.code, sync.stderr).toBe(0)
      const { app, url } = await home.openForBrowser()
      await use({ home, url })
      await app.stop()
      home.remove()
      await display.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  list: async ({ many, page }, use) => {
    await page.goto(many.url)
    const list = new List(page)
    await expect.poll(() => list.total()).toBe(SESSIONS)
    await use(list)
    await call(page, 'SaveViews', [])
    await call(page, 'SaveLayout', '')
    await look(page, {})
    for (const file of many.home.exports('')) rmSync(file)
  },

  rows: async ({ list }, use) => {
    await use(await list.find(''))
  },
})

/** Calls a method of the back end as the page does. */
export function call<T>(page: Page, method: string, ...args: unknown[]): Promise<T> {
  return page.evaluate(
    ([method, args]) => (window as unknown as { go: { main: { App: Record<string, (...args: unknown[]) => Promise<never>> } } }).go.main.App[method]!(...args),
    [method, args] as const,
  )
}

/** What the back end answers to a search. */
export function ask(page: Page, search: Partial<Search>, more: Partial<Query> = {}): Promise<Answer> {
  return call(page, 'Find', { ...queryOf({ ...noSearch(), ...search }, 0, 1000), ...more })
}

/** How many sessions pass a filter, says the back end. */
export async function passing(page: Page, filter: Filter, text = ''): Promise<number> {
  return (await ask(page, { text, filter }, { limit: 0 })).total
}

/** The texts of a language, by their keys. */
export function words(language: 'en' | 'ka' | 'ru'): Record<string, string> {
  return JSON.parse(readFileSync(join(import.meta.dirname, `../src/locales/${language}.json`), 'utf8')) as Record<string, string>
}

/** Keeps settings of the window, all others at their defaults; the page reads them when it is loaded. */
export function look(page: Page, settings: Partial<WindowSettings>): Promise<void> {
  return call(page, 'SaveWindowSettings', settings)
}

/** Loads the page with columns of one's choice. */
export async function reloadWith(list: List, shown: string[]): Promise<void> {
  await call(list.page, 'SaveLayout', JSON.stringify({ shown, widths: {} }))
  await list.page.reload()
  await expect.poll(() => list.total()).toBe(SESSIONS)
}

/** Stops the page's clock, which is installed: from then on its timers go by what the test says, and by no machine's speed. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 60_000)
}

/** Runs a command by its name in the palette. */
export async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox', { name: 'Search commands' }).fill(name)
  await page.getByRole('option', { name }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Commands' }).waitFor({ state: 'detached' })
}

export { expect }
