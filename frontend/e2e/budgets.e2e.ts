// What the window may weigh, with its real back end: bytes, elements, memory, and no
// hole in the list while it is scrolled. Times are told, never judged.
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { LANGUAGES } from '../src/lib/languages.ts'
import { heap } from './costs.ts'
import type { Home } from './home.ts'
import { List } from './list.ts'
import { expect, test } from './test.ts'

const KB = 1000
const MB = 1_000_000
const FIRST_LOAD = 130 * KB
const IN_ALL = 220 * KB
const ELEMENTS = 1500
const HEAP = 20 * MB
/** What the heap may be larger after the same things were done once more. */
const GROWTH = 1 * MB
const SESSIONS = 20_000
/** The size of a list that is not there, because nothing was found. */
const NO_LIST = -1

const dist = resolve(import.meta.dirname, '../dist')
const packed = (file: string): number => gzipSync(readFileSync(join(dist, file))).length
const ofPage = (file: string): boolean => /\.(html|js|css)$/.test(file)

async function fill(home: Home): Promise<void> {
  const sync = await home.command('--no-passphrase', 'sync', '--demo', '--photos-for', '0s', '--sessions', String(SESSIONS))
  expect(sync.code, sync.stderr).toBe(0)
}

for (const locale of ['en-GB', 'ka-GE', 'ru-RU']) {
  test.describe(() => {
    test.use({ locale })

    test(`what is loaded before the list is there, ${locale}`, async ({ openPage, page, home }) => {
      await fill(home)
      await page.addInitScript(watchRows)
      await openPage()
      await expect.poll(() => page.evaluate(readLoaded).then(({ at }) => at)).toBeGreaterThan(0)
      const { at, files } = await page.evaluate(readLoaded)
      const first = ['index.html', ...files.filter(ofPage)]
      const bytes = first.reduce((sum, file) => sum + packed(file), 0)
      console.log(`${locale}: ${bytes} bytes in ${first.length} files, first rows after ${Math.round(at)} ms`)
      expect(first.some((file) => file.includes(`/${locale.slice(0, 2)}-`)), first.join(', ')).toBe(true)
      expect(bytes).toBeLessThanOrEqual(FIRST_LOAD)
    })
  })
}

/** The files of one language's texts. */
const textsOf = (language: string) => (file: string): boolean => new RegExp(`/(failures\\.)?${language}-`).test(file)
const weight = (files: string[]): number => files.reduce((sum, file) => sum + packed(file), 0)

test('the page in all its parts, in the language with the longest texts', () => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(ofPage)
  const texts = Object.keys(LANGUAGES).map((language) => files.filter(textsOf(language)))
  expect(texts.map((some) => some.length)).toEqual([1, 2, 2])
  const rest = files.filter((file) => !texts.flat().includes(file))
  const bytes = weight(rest) + Math.max(...texts.map(weight))
  console.log(`${bytes} bytes in ${files.length} files`)
  expect(bytes).toBeLessThanOrEqual(IN_ALL)
})

test('the list that was scrolled and searched: no hole in 240 frames, few elements, a small heap', async ({ openPage, page, home }) => {
  await fill(home)
  await openPage()
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(SESSIONS)
  await list.shown()
  const { holes, frames, slow } = await page.evaluate(scroll, 240)
  console.log(`${frames} frames, ${slow} of them longer than 20 ms`)
  expect({ holes, frames }).toEqual({ holes: 0, frames: 240 })
  for (const text of ['nino', 'giorgi b', 'qwertz', '']) {
    await list.search.fill(text)
    await expect.poll(() => list.total()).toBe((await page.evaluate(countOf, text)) || NO_LIST)
  }
  await list.shown()
  const elements = await page.evaluate(() => document.querySelectorAll('*').length)
  const bytes = await heap(page)
  console.log(`${elements} elements, ${bytes} bytes of heap`)
  expect(elements).toBeLessThanOrEqual(ELEMENTS)
  expect(bytes).toBeLessThanOrEqual(HEAP)
})

test('sessions that were opened, settings and languages leave nothing behind', async ({ openPage, page, home }) => {
  await fill(home)
  await openPage()
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(SESSIONS)
  await list.shown()
  const round = async (): Promise<number> => {
    await openSessions(page, list, 10)
    await speakAll(page)
    return heap(page)
  }
  const [first, second, third] = [await round(), await round(), await round()]
  console.log(`bytes of heap: ${first}, ${second}, ${third}`)
  expect(third).toBeLessThanOrEqual(HEAP)
  expect(third - first).toBeLessThanOrEqual(GROWTH)
})

/** Opens one session after another on its page, and comes back. */
async function openSessions(page: Page, list: List, count: number): Promise<void> {
  await list.grid.getByRole('row').nth(1).click()
  for (let i = 0; i < count; i++) {
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Summary' }).waitFor()
    await page.keyboard.press('Escape')
    await list.grid.waitFor()
    await page.keyboard.press('ArrowDown')
  }
}

/** Has the window speak each of its languages, English last. */
async function speakAll(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('tab').nth(1).click()
  for (const { name, tag } of [LANGUAGES.ka, LANGUAGES.ru, LANGUAGES.en]) {
    await dialog.getByRole('combobox').first().selectOption({ label: name })
    await expect(page.locator('html')).toHaveAttribute('lang', tag)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
}

interface Watching {
  firstRow: number
}

/** Notes when the first cell of a session is in the page. It runs in the page. */
function watchRows(): void {
  const seen = window as unknown as Watching
  seen.firstRow = 0
  new MutationObserver(() => {
    if (seen.firstRow === 0 && document.querySelector('[role=gridcell] time')) seen.firstRow = performance.now()
  }).observe(document, { childList: true, subtree: true })
}

/** When the first row was there, and what the page had asked for by then. It runs in the page. */
function readLoaded(): { at: number; files: string[] } {
  const at = (window as unknown as Watching).firstRow
  const before = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < at)
  const paths = before.map(({ name }) => new URL(name).pathname.slice(1))
  return { at, files: paths.filter((path) => path.startsWith('assets/')) }
}

/** How many sessions the back end finds. It runs in the page. */
async function countOf(text: string): Promise<number> {
  const app = (window as unknown as { go: { main: { App: { Find(query: object): Promise<{ total: number }> } } } }).go.main.App
  return (await app.Find({ text, offset: 0, limit: 0 })).total
}

/** Scrolls the list frame by frame; a hole is a frame in which some of the view has no row. It runs in the page. */
async function scroll(count: number): Promise<{ holes: number; frames: number; slow: number }> {
  const grid = document.querySelector('[role=grid]')!
  const head = grid.querySelector('[role=columnheader]')!.parentElement!
  const covered = (): boolean => {
    const rows = [...grid.querySelectorAll('[data-row]')].map((row) => row.getBoundingClientRect()).sort((a, b) => a.top - b.top)
    let to = head.getBoundingClientRect().bottom + 1
    for (const { top, bottom } of rows) if (top <= to + 1 && bottom > to) to = bottom
    return to >= grid.getBoundingClientRect().bottom - 1
  }
  const seen = { holes: 0, frames: 0, slow: 0 }
  let last = performance.now()
  while (seen.frames < count) {
    // Up and down, at the pace of a wheel and of a flick.
    grid.scrollTop += (seen.frames % 80 < 60 ? 1 : -1) * (seen.frames % 7 === 0 ? 900 : 120)
    const now: number = await new Promise(requestAnimationFrame)
    if (now - last > 20) seen.slow++
    last = now
    seen.frames++
    if (!covered()) seen.holes++
  }
  return seen
}
