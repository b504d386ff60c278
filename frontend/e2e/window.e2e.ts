// The main job in the window that users get: real WebKitGTK, real keys.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { shots } from './home.ts'
import { keyboard } from './keyboard.ts'
import { expectSame, expectSameRows, findAll, findFrom, matches, readShown, readTotal, syncRuns, type Shown } from './list.ts'
import type { Row } from '../src/lib/idv.ts'
import { readSheet } from './sheets.ts'
import { expect, test } from './test.ts'
import type { Inspector } from './webkit.ts'

test.skip(process.platform !== 'linux', "only WebKitGTK's inspector can be reached from outside")

test('first start, demo data, three letters, a session, a spreadsheet, by the keyboard', async ({ openWindow, home, display }) => {
  mkdirSync(shots, { recursive: true })
  const window = await openWindow()
  const keys = keyboard(display)
  await window.until(`!!document.querySelector('input[type=radio]')`)
  await window.picture(join(shots, 'window-start.png'))
  keys.press('Tab')
  await window.until(`document.activeElement.matches('input[type=radio]:checked')`)
  keys.press('Down')
  await window.until(`document.activeElement.matches('input[value=portal]:checked')`)
  keys.press('Up')
  await window.until(`document.activeElement.matches('input[value=demo]:checked')`)
  keys.press('Tab')
  await window.until(`document.activeElement.textContent.trim() === 'Start with demo data'`)
  keys.press('space')
  await window.until(`(${readTotal})() > 0`)
  await waitForSync(window)
  const all = await window.until<number>(`(${readTotal})()`)
  expect(all).toBeGreaterThan(1000)

  keys.press('ctrl+f')
  keys.type('nin')
  await window.until(`document.querySelector('[role=search] input').value === 'nin'`)
  await window.evaluate(`(${findAll})('nin').then((rows) => (window.found = JSON.stringify(rows)))`)
  const found = JSON.parse(await window.until<string>('window.found')) as Row[]
  expect(found.length).toBeGreaterThan(0)
  expect(found.length).toBeLessThan(all)
  expect(found.filter((row) => !matches(row, 'nin'))).toEqual([])
  await window.until(`(${readTotal})() === ${found.length}`)
  await window.until(`!document.querySelector('[role=grid] [aria-busy=true]')`)
  expectSame(await window.evaluate<Shown[]>(`(${readShown})()`), found)
  await window.picture(join(shots, 'window-found.png'))

  keys.press('ctrl+e')
  await expect.poll(() => home.exports('.csv')).toHaveLength(1)
  expectSameRows(readSheet(home.exports('.csv')[0]!), found)
  await lookAtPhotos(window, keys)
})

/** Opens a session that has photos, zooms them by keys, and comes back to the same row. */
async function lookAtPhotos(window: Inspector, keys: ReturnType<typeof keyboard>): Promise<void> {
  // The demo's newest sessions have photos, which come after the sync.
  await window.evaluate(`(${findFrom})(0).then((rows) => (window.newest = JSON.stringify(rows)))`)
  const newest = JSON.parse(await window.until<string>('window.newest')) as Row[]
  const wanted = newest.find((row) => /^[A-Z]{5,}$/.test(row.lastName))!
  keys.press('ctrl+f')
  keys.type(wanted.lastName.toLowerCase())
  await window.until(`document.querySelector('[role=search] input').value === '${wanted.lastName.toLowerCase()}'`)
  await window.until(`document.querySelector('[role=grid] .row .last').textContent.includes('${wanted.lastName}')`)
  const row = await window.until<string>(withPhoto)
  const place = Number(row) + 1
  for (let i = 0; i < place; i++) keys.press('Down')
  await window.until(`document.activeElement.dataset.row === '${place - 1}'`)
  const top = await window.evaluate<number>(`document.querySelector('[role=grid]').scrollTop`)
  keys.press('Return')
  await window.until(`!!document.querySelector('.data [role=tab]')`)
  await window.until(photosDrawn)
  await window.picture(join(shots, 'window-session.png'))
  keys.type('++')
  await window.until(`Number.parseInt(document.querySelector('.tools .zoom').textContent) > 100`)
  await window.until(`[...document.querySelectorAll('.frame .photo')].every((photo) => new DOMMatrix(getComputedStyle(photo).transform).a > 1)`)
  await darken(window, keys)
  await window.picture(join(shots, 'window-zoomed-dark.png'))
  keys.press('Escape')
  await window.until(`document.activeElement.dataset.row === '${place - 1}'`)
  expect(await window.evaluate(`document.querySelector('[role=grid]').scrollTop`)).toBe(top)
  expect(await window.evaluate(`document.querySelector('[role=search] input').value`)).toBe(wanted.lastName.toLowerCase())
  await window.picture(join(shots, 'window-back-dark.png'))
}

/** The number of the first row whose selfie is drawn. */
const withPhoto = `[...document.querySelectorAll('[role=grid] .selfie img')].find((photo) => photo.complete && photo.naturalWidth > 0)?.closest('[data-row]').dataset.row`

/** Every photo in a frame has its pixels. */
const photosDrawn = `document.querySelectorAll('.frame img').length > 0 && [...document.querySelectorAll('.frame img')].every((photo) => photo.complete && photo.naturalWidth > 0)`

/** Chooses the dark theme by its name in the list of commands. */
async function darken(window: Inspector, keys: ReturnType<typeof keyboard>): Promise<void> {
  keys.press('ctrl+k')
  await window.until(`document.activeElement.matches('[role=combobox]')`)
  keys.type('dark')
  await window.until(`document.querySelectorAll('[role=option]').length === 1`)
  keys.press('Return')
  await window.until(`document.documentElement.dataset.theme === 'dark' && !document.querySelector('[role=dialog]')`)
}

async function waitForSync(window: Inspector): Promise<void> {
  await expect
    .poll(async () => {
      await window.evaluate(`window.syncing = undefined; (${syncRuns})().then((runs) => (window.syncing = String(runs)))`)
      return window.until<string>('window.syncing')
    }, { timeout: 60_000 })
    .toBe('false')
}
