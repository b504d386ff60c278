// Eight screens, light and dark, in two languages, as they looked when somebody
// looked at them. Where a change is meant, make the pictures anew, look at them, and
// commit them: npx playwright test --config e2e/playwright.config.ts looks --update-snapshots
import type { Page } from '@playwright/test'
import { steadyPage } from './looks.ts'
import { calm, openList, walkDetails, walkList, walkStart, type Look } from './screens.ts'
import { expect, test } from './test.ts'

test.skip(process.platform !== 'linux', 'every system draws letters in its own way, and the pictures are of Linux')

/** Of what the walks pass, what is kept: all of the window, or the part that is new there. */
const KEPT: Record<string, string> = {
  protect: 'main > section',
  list: 'body',
  filtered: '.list > .bar',
  'filter-spoof': '[role=menu]',
  palette: '[role=dialog]',
  'settings-window': '[role=dialog]',
  peek: 'aside',
  'details-summary': 'body',
}

/** Low enough that all pictures together are small. */
const viewport = { width: 1280, height: 680 }

/** Light and dark, each beside the picture that is kept of it. */
function comparer(page: Page, language: string): Look {
  return async (name) => {
    const part = KEPT[name]
    if (!part) return
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await calm(page)
      await expect.soft(page.locator(part)).toHaveScreenshot([language, `${name}-${colorScheme}.png`])
    }
    await page.emulateMedia({ colorScheme: 'light' })
  }
}

for (const locale of ['en-GB', 'ka']) {
  test(`the list, what opens over it, and the page of a session, ${locale}`, async ({ demo, browser }) => {
    const page = await steadyPage(browser, { locale, viewport, colorScheme: 'light' })
    const look = comparer(page, locale)
    await openList(page, demo)
    await walkList(page, look)
    await walkDetails(page, look)
    await page.context().close()
  })

  test(`the first run, ${locale}`, async ({ home, browser }) => {
    const page = await steadyPage(browser, { locale, viewport, colorScheme: 'light' })
    const { app, url } = await home.openForBrowser()
    await page.goto(url)
    await walkStart(page, comparer(page, locale))
    await page.context().close()
    await app.stop()
  })
}
