// No screen breaks when its words are 40 percent longer, at the normal size nor at
// twice of it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { pseudo } from '../src/lib/pseudo.ts'
import { readMessages } from '../src/lib/read-messages.ts'
import { layoutFaults } from './layout.ts'
import { bundledFonts } from './looks.ts'
import { calm, openList, walkDetails, walkExport, walkList, walkLock, walkStart, type Look } from './screens.ts'
import { expect, test } from './test.ts'

test.use({ locale: 'ka', colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } })

/** Puts the longer language in the place of a real one. */
async function speakLonger(page: Page): Promise<void> {
  const english = JSON.parse(readFileSync(join(import.meta.dirname, '../src/locales/en.json'), 'utf8'))
  await page.route('**/assets/ka-*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: `export default ${JSON.stringify(readMessages(pseudo(english)))}` }))
  await bundledFonts(page)
}

/** From the normal scale to 200 percent. */
const STEPS = 5

function inspector(page: Page): { look: Look; found: string[] } {
  const found: string[] = []
  const check = async (name: string): Promise<void> => {
    await calm(page)
    found.push(...(await page.evaluate(layoutFaults)).map((fault) => `${name}: ${fault}`))
  }
  const look = async (name: string): Promise<void> => {
    await check(name)
    for (let i = 0; i < STEPS; i++) await page.keyboard.press('ControlOrMeta+=')
    await check(`${name} at 200 %`)
    await page.keyboard.press('ControlOrMeta+0')
  }
  return { look, found }
}

test('the list, what opens over it, and the page of a session', async ({ demo, page }) => {
  await speakLonger(page)
  const { look, found } = inspector(page)
  await openList(page, demo)
  await walkList(page, look)
  await walkExport(page, look)
  await walkDetails(page, look)
  expect(found).toEqual([])
})

test('the first run, the settings of a protected archive, and the lock', async ({ openPage, page, openPortal }) => {
  await speakLonger(page)
  const { look, found } = inspector(page)
  const portal = await openPortal('right', 40)
  await openPage()
  await walkStart(page, look)
  await page.locator('form input').first().fill(portal)
  await page.locator('form input').nth(1).fill('right')
  await page.locator('form .primary').click()
  await page.locator('[role=grid] [role=gridcell]').first().waitFor()
  await walkLock(page, look)
  expect(found).toEqual([])
})
