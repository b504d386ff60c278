// Every screen, light and dark, holds WCAG 2.2 AA as far as a program can tell.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { List, fillConnection } from './list.ts'
import { freePort } from './process.ts'
import { calm, openList, walkDetails, walkExport, walkList, walkLock, walkStart, type Look } from './screens.ts'
import { expect, test } from './test.ts'

/** What opens over the window. */
const LAYERS = '[role=dialog], [role=menu], .filter-panel'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * All rules in the light; in the dark those about colours, for nothing else differs.
 * A list of what was found, with the screen's name.
 */
function inspector(page: Page): { look: Look; found: unknown[]; seen: string[] } {
  const found: unknown[] = []
  const seen: string[] = []
  const scan = async (name: string, axe: AxeBuilder): Promise<void> => {
    // What is under a menu or a dialog was looked at before.
    if ((await page.locator(LAYERS).count()) > 0) axe = axe.include(LAYERS)
    const { violations } = await axe.setLegacyMode().analyze()
    found.push(...violations.map((v) => [name, v.id, v.nodes.map((n) => n.html)]))
  }
  const look = async (name: string): Promise<void> => {
    seen.push(name)
    await calm(page)
    await scan(`${name}, light`, new AxeBuilder({ page }).withTags(rules))
    await page.emulateMedia({ colorScheme: 'dark' })
    await scan(`${name}, dark`, new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']))
    await page.emulateMedia({ colorScheme: 'light' })
  }
  return { look, found, seen }
}

test.use({ colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } })

test('the list, what opens over it, and the page of a session', async ({ demo, page }) => {
  const { look, found, seen } = inspector(page)
  await openList(page, demo)
  await walkList(page, look)
  await walkExport(page, look)
  await walkDetails(page, look)
  expect(found).toEqual([])
  expect(seen).toHaveLength(33)
})

test('the first run, a sync and what goes wrong in it, the settings of a protected archive, and the lock', async ({ openPage, page, openPortal, openProxy }) => {
  const { look, found, seen } = inspector(page)
  const broken = { sessionId: 'broken-one', createdAt: 'the day before yesterday' }
  const { proxy, url } = await openProxy(await openPortal('right', 60), { pages: 0, change: (items) => [...items, broken] })
  await openPage()
  await walkStart(page, look)
  await fillConnection(page, `http://127.0.0.1:${await freePort()}`, 'right')
  await page.getByRole('alert').waitFor()
  await look('refused')
  await fillConnection(page, url, 'right')
  await page.getByRole('progressbar').waitFor()
  await look('syncing')
  proxy.release()
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(60)
  await list.settled()
  await look('synced')
  await page.getByRole('button', { name: 'Show what' }).click()
  await page.getByRole('dialog').waitFor()
  await look('unread')
  await page.keyboard.press('Escape')
  await proxy.stop()
  await page.keyboard.press('F5')
  await page.getByRole('alert').filter({ hasText: '127.0.0.1' }).waitFor()
  await look('offline')
  await walkLock(page, look)
  expect(found).toEqual([])
  expect(seen).toHaveLength(15)
})
