// The main job in the window that users get: real WebKitGTK, real keys.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { shots } from './home.ts'
import { keyboard } from './keyboard.ts'
import { expectSame, expectSameRows, findAll, matches, readShown, readTotal, syncRuns, type Shown } from './list.ts'
import type { Row } from '../src/lib/idv.ts'
import { readSheet } from './sheets.ts'
import { expect, test } from './test.ts'
import type { Inspector } from './webkit.ts'

test.skip(process.platform !== 'linux', "only WebKitGTK's inspector can be reached from outside")

test('first start, demo data, three letters, a spreadsheet, by the keyboard', async ({ openWindow, home, display }) => {
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
  await window.until(`document.querySelector('[role=searchbox]').value === 'nin'`)
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
})

async function waitForSync(window: Inspector): Promise<void> {
  await expect
    .poll(async () => {
      await window.evaluate(`window.syncing = undefined; (${syncRuns})().then((runs) => (window.syncing = String(runs)))`)
      return window.until<string>('window.syncing')
    }, { timeout: 60_000 })
    .toBe('false')
}
