// What a portal sends is text and nothing else, wherever it is shown, printed or written.
import type { Page } from '@playwright/test'
import { READABLE, UNREADABLE, PAYLOADS, hostilePortal } from './hostile.ts'
import { layoutFaults } from './layout.ts'
import { List, passphrase } from './list.ts'
import { calm, row } from './screens.ts'
import { readSheet } from './sheets.ts'
import { expect, test } from './test.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

/** Collects what must not happen while the page shows it. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  const seen: string[] = []
  const hosts = new Set<string>()
  page.on('dialog', (dialog) => void (seen.push(`a dialog: ${dialog.message()}`), dialog.dismiss()))
  page.on('request', (request) => void hosts.add(new URL(request.url()).host))
  page.on('popup', (popup) => void seen.push(`a window: ${popup.url()}`))
  await page.addInitScript(() => {
    const kept = window as unknown as { violations: string[]; sheets: string[] }
    kept.violations = []
    kept.sheets = []
    document.addEventListener('securitypolicyviolation', (event) => kept.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`))
    window.print = () => void kept.sheets.push(document.querySelector('.sheet')?.textContent ?? '')
  })
  return async () => {
    const inside = await page.evaluate(() => {
      const { pwned, violations } = window as unknown as { pwned?: unknown; violations: string[] }
      const foreign = [...document.querySelectorAll('main, [role=dialog], .sheet')].flatMap((part) => [...part.querySelectorAll('iframe, script, object, embed, link, base, a[href]')])
      return [
        ...(pwned === undefined ? [] : ['a script ran']),
        ...violations.map((violation) => `against the policy: ${violation}`),
        ...foreign.map((element) => `an element came in: ${element.outerHTML.slice(0, 80)}`),
        ...(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText) ? ['text that turns its surroundings'] : []),
      ]
    })
    const foreign = [...hosts].filter((host) => host !== new URL(page.url()).host).map((host) => `a request to ${host}`)
    return [...seen, ...foreign, ...inside]
  }
}

test('markup, scripts, endless names, nothing at all, and days that never were are shown as text', async ({ openPage, page, home }) => {
  const portal = await hostilePortal('right')
  const happened = await watch(page)
  await openPage()
  await page.getByRole('radio').first().waitFor()
  await page.evaluate(async ([secret, address]) => {
    const app = (window as unknown as { go: { main: { App: { Protect(p: string, k: boolean): Promise<string>; Connect(a: string, k: string): Promise<void> } } } }).go.main.App
    await app.Protect(secret!, false)
    await app.Connect(address!, 'right')
  }, [passphrase, portal.url])
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(READABLE.length)
  await list.settled()

  const faults: string[] = []
  const look = async (name: string): Promise<void> => {
    await calm(page)
    faults.push(...(await page.evaluate(layoutFaults)).map((fault) => `${name}: ${fault}`))
    faults.push(...(await happened()).map((event) => `${name}: ${event}`))
  }
  await look('list')
  await page.getByRole('button', { name: 'Show what' }).click()
  await expect(page.getByRole('dialog').getByRole('row')).toHaveCount(UNREADABLE.length + 1)
  await look('unread')
  await page.keyboard.press('Escape')

  const rows = await list.find('')
  await row(page, 0).locator('.first').click()
  await page.keyboard.press('Space')
  for (const [at, { sessionId }] of rows.entries()) {
    if (at > 0) await page.keyboard.press('ArrowDown')
    await page.locator('aside dl').first().waitFor()
    await look(`peek of ${at} ${sessionId.slice(0, 12)}`)
  }
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const tabs = page.getByRole('tab')
  for (const [at, { sessionId }] of rows.entries()) {
    if (at > 0) await page.keyboard.press('Alt+ArrowDown')
    await expect(page.locator('header code')).toHaveText(sessionId)
    await tabs.first().waitFor()
    for (let tab = 0; tab < 6; tab++) {
      await tabs.nth(tab).click()
      await look(`details of ${at} ${sessionId.slice(0, 12)}, tab ${tab}`)
    }
    await page.keyboard.press('ControlOrMeta+p')
    await expect.poll(() => page.evaluate(() => (window as unknown as { sheets: string[] }).sheets.length)).toBe(at + 1)
  }
  await page.keyboard.press('Escape')
  await page.keyboard.press('Delete')
  await look('erase')
  await page.keyboard.press('Escape')
  expect(faults).toEqual([])

  await page.keyboard.press('ControlOrMeta+e')
  await expect.poll(() => home.exports('.csv')).toHaveLength(1)
  const sheet = readSheet(home.exports('.csv')[0]!)
  expect(sheet.rows.map((cells) => cells['Session ID']).sort()).toEqual(rows.map(({ sessionId }) => sessionId).sort())
  const written = new Map(sheet.rows.map((cells) => [cells['Session ID'], cells['First Name']]))
  for (const [i, text] of PAYLOADS.slice(0, 8).entries()) expect(written.get(`payload-${i}`)).toBe(text)
  expect(await happened()).toEqual([])
  await portal.stop()
})
