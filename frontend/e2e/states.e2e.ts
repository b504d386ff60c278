// What the list says when it has nothing to show, is slow, or fails.
import type { Page } from '@playwright/test'
import { expect, SESSIONS, test } from './shared.ts'
import { test as alone } from './test.ts'

interface Disturbed {
  Find(query: unknown): Promise<unknown>
  was?: (query: unknown) => Promise<unknown>
  release?: () => void
}

/** Holds the back end's answers to find back, or has them fail, from now on; '' as they are, those held back too. */
function disturb(page: Page, how: 'late' | 'fail' | ''): Promise<void> {
  return page.evaluate((how) => {
    const app = (window as unknown as { go: { main: { App: Disturbed } } }).go.main.App
    const find = (app.was ??= app.Find)
    app.release?.()
    const free = how === 'late' ? new Promise<void>((done) => (app.release = done)) : undefined
    app.Find = async (query) => {
      await free
      if (how === 'fail') throw new Error(JSON.stringify({ code: 'internal', message: 'The disk does not answer.', hint: 'Try again.' }))
      return find(query)
    }
  }, how)
}

test('UX-32 nothing found names the filter that leaves out the most, and one press removes it', async ({ list, rows, page }) => {
  // A status and a level that no session has together.
  const status = [['pending', 'Pending'], ['unfinished', 'Not finished'], ['rejected', 'Rejected by a person']] as const
  const [level, [outcome, word]] = [7, 6, 5, 4, 3, 2, 1]
    .flatMap((level) => status.map((one) => [level, one] as const))
    .find(([level, [outcome]]) => !rows.some((row) => row.matchLevel === level && row.outcome === outcome) && rows.some((row) => row.outcome === outcome))!
  const levels = rows.filter(({ matchLevel }) => matchLevel === level).length
  const outcomes = rows.filter((row) => row.outcome === outcome).length
  await list.search.fill(`status:${outcome} level:${level}`)
  await page.getByRole('heading', { name: 'No session passes the filters' }).waitFor()
  const [most, left] = levels > outcomes ? [word, levels] : [`Level ${level}`, outcomes]
  await expect(page.getByText(`“${most}” leaves out the most: without it there are ${left.toLocaleString('en')} sessions.`)).toBeVisible()
  await page.getByRole('button', { name: `Remove “${most}”` }).click()
  await expect.poll(() => list.total()).toBe(left)
})

test('UX-32 nothing found offers the nearest names', async ({ list, page }) => {
  await list.search.fill('giorgadxe')
  await page.getByRole('heading', { name: 'Nothing found for “giorgadxe”' }).waitFor()
  const offer = page.getByRole('button', { name: /^Search for “/ }).first()
  const [, text, count] = (await offer.textContent())!.match(/“(.+)” \(([\d,]+)\)/)!
  await offer.click()
  await expect(list.search).toHaveValue(text!)
  await expect.poll(() => list.total()).toBe(Number(count!.replaceAll(',', '')))
})

test('UX-32 a slow answer shows a line while the old rows stay, and a failed one says what to do', async ({ list, page }) => {
  const before = await list.shown()
  await disturb(page, 'late')
  await list.search.fill('nin')
  await expect(page.getByRole('progressbar', { name: 'Searching' })).toBeVisible()
  expect(await page.evaluate(() => document.querySelectorAll('[role=grid] [data-row]').length)).toBeGreaterThan(5)
  expect((await list.shown())[0]).toEqual(before[0])
  await disturb(page, '')
  await expect.poll(() => list.total()).toBeLessThan(SESSIONS)
  await expect(page.getByRole('progressbar', { name: 'Searching' })).toHaveCount(0)

  const found = await list.total()
  await disturb(page, 'fail')
  await list.search.fill('nino')
  await expect(page.getByRole('alert')).toContainText('The disk does not answer. Try again.')
  expect(await list.total(), 'the rows before it stay').toBe(found)
  await disturb(page, '')
  await page.getByRole('alert').getByRole('button', { name: 'Retry' }).click()
  await expect.poll(async () => list.total()).toBe((await list.find('nino')).length)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

alone('UX-32 an archive without sessions says how to bring some in', async ({ openPage, page, home }) => {
  await home.command('sync', '--no-passphrase', '--photos-for', '0s', '--demo', '--sessions', '0')
  await openPage()
  await page.getByRole('heading', { name: 'No sessions on this computer yet' }).waitFor()
  const list = page.getByRole('main')
  for (const name of ['Refresh', 'Import a CSV export…', 'Portal connection…']) await expect(list.getByRole('button', { name, exact: true }).last()).toBeVisible()
})
