// What a stolen laptop would give away: nothing that the window has shown is on
// the disk in a form that can be read, neither while it is open nor afterwards.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { passphrase, readTotal } from './list.ts'
import { filesBelow, holders } from './scan.ts'
import type { Row } from '../src/lib/idv.ts'
import { readSheet } from './sheets.ts'
import { keyboard } from './keyboard.ts'
import { expect, test } from './test.ts'

test.skip(process.platform !== 'linux', "only WebKitGTK's inspector can be reached from outside")

const app = 'window.go.main.App'

test('nothing that was shown, searched, exported or erased can be read from the disk', async ({ openWindow, openPortal, home, display }) => {
  const portal = await openPortal('marker-key-0815', 120)
  const temp = join(home.folder, 'temp')
  mkdirSync(temp, { mode: 0o700 })
  home.env.TMPDIR = temp
  const window = await openWindow()
  const keys = keyboard(display)
  const answer = async <T>(call: string): Promise<T> => {
    await window.evaluate(`window.answer = undefined; ${call}.then((a) => (window.answer = JSON.stringify(a ?? null)), (e) => (window.answer = JSON.stringify('failed: ' + e)))`)
    return JSON.parse(await window.until<string>('window.answer')) as T
  }
  await window.until(`!!document.querySelector('input[type=radio]')`)
  await answer(`${app}.Protect('${passphrase}', false)`)
  expect(await answer(`${app}.Connect('${portal}', 'marker-key-0815')`)).toBeNull()
  await window.until(`(${readTotal})() > 0`)
  await window.until(`document.querySelectorAll('[role=grid] img').length > 5`)

  const rows = (await answer<{ rows: Row[] }>(`${app}.Find({ text: '', offset: 0, limit: 120 })`)).rows
  const secrets = rows.flatMap((row) => [row.sessionId, row.personalNumber]).filter((word) => word.length > 8)
  expect(secrets.length).toBeGreaterThan(150)
  const photo = await answer<string>(`fetch(document.querySelector('[role=grid] img').src).then((r) => r.arrayBuffer()).then((b) => btoa(String.fromCharCode(...new Uint8Array(b))))`)
  const pixels = Buffer.from(photo, 'base64')
  const words = [...secrets.map((word) => Buffer.from(word)), pixels.subarray(pixels.length - 80, pixels.length - 40), Buffer.from('marker-key-0815')]

  keys.press('ctrl+f')
  keys.type(rows[0]!.sessionId.slice(0, 8))
  await window.until(`(${readTotal})() === 1`)
  keys.press('ctrl+e')
  await expect.poll(() => home.exports('.csv')).toHaveLength(1)
  expect(readSheet(home.exports('.csv')[0]!).rows).toHaveLength(1)
  expect(holders(home.exports('.csv'), words), 'the scan finds what is there').toHaveLength(1)
  expect(await answer(`${app}.Erase(['${rows[1]!.sessionId}'])`)).toBe(1)

  const here = () => filesBelow(home.folder, [home.downloads])
  expect(here().length).toBeGreaterThan(20)
  expect(holders(here(), words), 'while it is open').toEqual([])
  keys.press('ctrl+shift+l')
  await window.until(`document.body.textContent.includes('is locked')`)
  expect(holders(here(), words), 'after the lock').toEqual([])
  await window.end()
  expect(holders(here(), words), 'after the end').toEqual([])
  expect(filesBelow(join(home.data, 'webview')).filter((file) => !/lock/.test(file)), 'left by the web view').toEqual([])
})
