// The list: its order, its columns, its heights, and what stays in view.
import type { Locator } from '@playwright/test'
import type { Order, Row } from '../src/lib/idv.ts'
import type { List } from './list.ts'
import { ask, call, command, expect, reloadWith, SESSIONS, test } from './shared.ts'

const head = (list: List, title: string): Locator => list.grid.getByRole('columnheader').filter({ has: list.page.getByRole('button', { name: title, exact: true }) })
const titles = (list: List): Promise<string[]> => list.grid.getByRole('columnheader').allTextContents().then((texts) => texts.map((text) => text.replace(/\s+/g, ' ').trim()))

/** The IDs of the first ten rows. */
const ids = (list: List): Promise<string[]> =>
  list.grid.evaluate((grid) => Array.from({ length: 10 }, (_, i) => grid.querySelector(`[data-row="${i}"] .cell.id [title]`)?.getAttribute('title') ?? ''))

test('UX-12 every column sorts, both ways, the newest first among equals, and says so', async ({ list, page }) => {
  await reloadWith(list, ['date', 'document', 'liveness', 'verified', 'match', 'extra', 'personal', 'number', 'id', 'finished', 'environment'])
  const orders: [string, Order, (row: Row) => string | number][] = [
    ['First name', 'firstName', (row) => row.firstName],
    ['Last name', 'lastName', (row) => row.lastName],
    ['Date', '', (row) => row.createdAt],
    ['Document', 'documentType', (row) => row.documentType],
    ['Liveness', 'liveness', (row) => row.liveness],
    ['Verified', 'verified', (row) => row.verified],
    ['Match', 'matchLevel', (row) => row.matchLevel],
    ['Extra', 'extra', (row) => row.extra],
    ['Personal no.', 'personalNumber', (row) => row.personalNumber],
    ['Document no.', 'documentNumber', (row) => row.documentNumber],
    ['Session ID', 'sessionId', (row) => row.sessionId],
    ['Finished', 'finished', (row) => row.finishedAt],
    ['Environment', 'environment', (row) => row.environment],
  ]
  for (const [title, by, key] of orders) {
    for (const click of [1, 2]) {
      await head(list, title).getByRole('button').click()
      await expect(head(list, title)).toHaveAttribute('aria-sort', /^(a|de)scending$/)
      const ascending = (await head(list, title).getAttribute('aria-sort')) === 'ascending'
      await expect(list.grid.locator('[aria-sort=ascending], [aria-sort=descending]')).toHaveCount(1)
      const { rows } = await ask(page, { sort: { by, ascending } }, { limit: 100 })
      await expect.poll(() => ids(list), `${title}, ${click}`).toEqual(rows.slice(0, 10).map(({ sessionId }) => sessionId))
      for (const [i, row] of rows.slice(1).entries()) {
        const [before, after] = [key(rows[i]!), key(row)]
        if (before === after) expect(rows[i]!.createdAt >= row.createdAt, `${title}, ${click}: equals`).toBe(true)
      }
    }
  }
})

test('UX-13 columns are chosen, moved and sized, by pointer and by keys, and are remembered', async ({ list, page }) => {
  await page.getByRole('button', { name: 'Columns', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Columns' })
  await dialog.getByRole('checkbox', { name: 'Liveness' }).focus()
  await page.keyboard.press('Space')
  await dialog.getByRole('checkbox', { name: 'Document no.' }).focus()
  await page.keyboard.press('Space')
  const up = dialog.getByRole('button', { name: 'Move Document no. up' })
  for (let i = 0; i < 3; i++) {
    await up.focus()
    await page.keyboard.press('Enter')
  }
  await dialog.getByRole('button', { name: 'Make Date wider' }).focus()
  const before = (await head(list, 'Date').boundingBox())!.width
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await head(list, 'Date').boundingBox())!.width).toBeCloseTo(before + 10, 0)
  await dialog.getByRole('button', { name: 'Done' }).click()
  const chosen = ['Selected', 'Selfie', 'First name', 'Last name', 'Date', 'Document', 'Document no.', 'Verified', 'Match', 'Extra', 'More']
  const shown = async (): Promise<string[]> => (await titles(list)).map((title) => title.replace(/^Date .*/, 'Date').replace(/^$/, 'Selected'))
  expect(await shown()).toEqual(chosen)

  const edge = head(list, 'Verified').locator('.edge')
  const verified = async (): Promise<number> => (await head(list, 'Verified').boundingBox())!.width
  const start = await verified()
  const at = (await edge.boundingBox())!
  await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2)
  await page.mouse.down()
  await page.mouse.move(at.x + at.width / 2 + 60, at.y + at.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect.poll(verified).toBeCloseTo(start + 60, 0)
  await edge.dblclick()
  await expect.poll(verified, 'it fits again').toBeLessThan(start + 60)
  const cut = list.grid.locator('.cell.verified > *').evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1 && cell.clientWidth > 0).map((cell) => cell.textContent))
  expect(await cut).toEqual([])

  const widths = await Promise.all([verified(), head(list, 'Date').boundingBox()])
  await page.reload()
  await list.shown()
  await expect.poll(shown).toEqual(chosen)
  expect(await Promise.all([verified(), head(list, 'Date').boundingBox()])).toMatchObject([widths[0], { width: widths[1]!.width }])
})

test('UX-14 another row height keeps the row at the top where it is', async ({ list, page }) => {
  const top = (): Promise<{ place: number; y: number; height: number }> =>
    list.grid.evaluate((grid) => {
      const from = grid.querySelector('.head')!.getBoundingClientRect().bottom
      const row = [...grid.querySelectorAll('[data-row]')].map((row) => ({ row, at: row.getBoundingClientRect() })).find(({ at }) => at.bottom > from + 1)!
      return { place: Number((row.row as HTMLElement).dataset['row']), y: row.at.top - from, height: row.at.height }
    })
  await list.grid.evaluate((grid) => (grid.scrollTop = 44 * 900))
  await expect.poll(async () => (await top()).place).toBe(900)
  for (const [name, height] of [['compact', 32], ['large photos', 64], ['comfortable', 44]] as const) {
    await command(page, `Rows: ${name}`)
    await expect.poll(async () => (await top()).height, name).toBe(height)
    await expect.poll(async () => (await top()).place, name).toBe(900)
    expect(Math.abs((await top()).y), name).toBeLessThanOrEqual(1)
    await list.shown()
  }
})

test('UX-15 the header and the pinned columns stay, and never cover the focus', async ({ list, page }) => {
  await call(page, 'SaveLayout', JSON.stringify({ shown: ['first', 'last', 'date', 'document', 'verified'], widths: { first: 30, last: 30, verified: 40 } }))
  await page.setViewportSize({ width: 760, height: 500 })
  await page.reload()
  await expect.poll(() => list.total()).toBe(SESSIONS)
  await list.grid.evaluate((grid) => (grid.scrollTop = 44 * 300))
  await list.grid.getByRole('row', { name: /./ }).nth(12).click({ position: { x: 200, y: 20 } })
  const covered = (): Promise<string> =>
    page.evaluate(() => {
      const grid = document.querySelector('[role=grid]')!
      const focus = document.activeElement!.getBoundingClientRect()
      const { bottom } = grid.querySelector('.head')!.getBoundingClientRect()
      const view = grid.getBoundingClientRect()
      if (!grid.contains(document.activeElement)) return `the focus is on ${document.activeElement!.tagName}`
      if (focus.top < bottom - 1) return `${focus.top} is over ${bottom}`
      return focus.bottom > view.top + grid.clientHeight + 1 ? `${focus.bottom} is under ${view.bottom}` : ''
    })
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'PageUp', 'PageUp', 'PageDown', 'ArrowDown', 'PageDown', 'End', 'ArrowUp', 'Home', 'ArrowDown', 'k']) {
    for (let i = 0; i < (key === 'ArrowUp' || key === 'ArrowDown' ? 6 : 1); i++) {
      await page.keyboard.press(key)
      await expect.poll(covered, key).toBe('')
    }
  }
  await list.grid.evaluate((grid) => (grid.scrollLeft = 400))
  const left = (name: string): Promise<number> => list.grid.locator(`[data-row="1"] .cell.${name}`).evaluate((cell) => cell.getBoundingClientRect().left - cell.closest('[role=grid]')!.getBoundingClientRect().left)
  await expect.poll(() => list.grid.evaluate((grid) => grid.scrollLeft)).toBeGreaterThan(100)
  expect(await left('select')).toBeCloseTo(0, 0)
  expect(await left('first')).toBeGreaterThan(40)
  expect(await left('date'), 'the others go under them').toBeLessThan(await left('last'))
})
