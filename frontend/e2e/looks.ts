// A page that looks the same on every machine: fonts that come with the tests, a
// clock that stands, one zone, nothing that moves.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'

const require = createRequire(import.meta.url)

/** What the window is written in, and where those letters come from. */
const FONTS = [
  { family: 'Test Sans', file: 'noto-sans/files/noto-sans-latin-wght-normal.woff2', range: 'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02DC, U+2000-206F, U+20AC, U+2122, U+2191-2193, U+2212' },
  { family: 'Test Sans', file: 'noto-sans/files/noto-sans-latin-ext-wght-normal.woff2', range: 'U+0100-0130, U+0132-0151, U+0154-02BA, U+1E00-1EFF' },
  { family: 'Test Sans', file: 'noto-sans/files/noto-sans-cyrillic-wght-normal.woff2', range: 'U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116' },
  { family: 'Test Sans', file: 'noto-sans-georgian/files/noto-sans-georgian-georgian-wght-normal.woff2', range: 'U+10A0-10FF, U+1C90-1CBF' },
  { family: 'Test Mono', file: 'noto-sans-mono/files/noto-sans-mono-latin-wght-normal.woff2', range: 'U+0000-00FF, U+2000-206F, U+2190-2193' },
]
const PLACE = '/fonts-of-the-tests/'
const css =
  FONTS.map(({ family, range }, i) => `@font-face{font-family:'${family}';font-weight:100 900;src:url('${PLACE}${i}.woff2') format('woff2');unicode-range:${range}}`).join('') +
  `:root{--font:'Test Sans' !important;--mono:'Test Mono','Test Sans' !important}`

/** When, where and with which build a test ran differs; what was just done goes away by itself. */
const unsteady =
  '*,*::before,*::after{caret-color:transparent !important;animation:none !important;transition:none !important}' +
  'footer .state{width:18rem;overflow:hidden;visibility:hidden}.version,.place{visibility:hidden}'

/** A day after the demo's newest session. */
export const NOW = new Date('2026-11-21T10:00:00Z')

/** A page in a context of its own. */
export async function steadyPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'Asia/Tbilisi', reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  await addStyles(page, unsteady)
  await page.clock.setFixedTime(NOW)
  return page
}

/** Lets the page write in the tests' own fonts. */
export const bundledFonts = (page: Page): Promise<void> => addStyles(page, '')

/** The page's policy takes styles from its own files only: the tests' are added to those. */
async function addStyles(page: Page, more: string): Promise<void> {
  await page.route('**/assets/*.css', async (route) => {
    try {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, body: (await answer.text()) + css + more })
    } catch (reason) {
      if (!/disposed|closed/.test(String(reason))) throw reason // the page has been loaded anew, or is gone
    }
  })
  await page.route(`**${PLACE}*`, (route) => {
    const at = Number(/(\d+)\.woff2/.exec(route.request().url())?.[1])
    return route.fulfill({ contentType: 'font/woff2', body: readFileSync(require.resolve(`@fontsource-variable/${FONTS[at]!.file}`)) })
  })
}
