// What is typed into the search box finds exactly what it should, and says where.
import type { Row } from '../src/lib/idv.ts'
import { expectSame, matches } from './list.ts'
import { ask, expect, reloadWith, test } from './shared.ts'

const fields = [
  ['first name', 'firstName', 'first'],
  ['last name', 'lastName', 'last'],
  ['personal number', 'personalNumber', 'personal'],
  ['document number', 'documentNumber', 'number'],
] as const satisfies [string, keyof Row, string][]

test('UX-1 each of the four fields is searched from the first character on, and what matches is marked', async ({ list, rows, page }) => {
  await reloadWith(list, ['personal', 'number'])
  const row = rows.find(({ firstName, lastName, personalNumber, documentNumber }) => [firstName, lastName, personalNumber, documentNumber].every((text) => /^[A-Z0-9]{6,}$/.test(text)))!
  for (const [name, field, column] of fields) {
    for (const length of [1, 2, 3, 5]) {
      const typed = row[field].slice(0, length).toLowerCase()
      await list.search.fill(typed)
      const answer = await ask(page, { text: typed })
      await expect.poll(() => list.total(), `${name}: ${typed}`).toBe(answer.total)
      const found = new Set((await list.find(typed)).map(({ ordinal }) => ordinal))
      expect(rows.filter((row) => row[field].toLowerCase().startsWith(typed) && !found.has(row.ordinal)), `${name}: ${typed}`).toEqual([])
      expectSame(await list.shown(), answer.rows)
    }
    const typed = row[field].toLowerCase()
    await list.search.fill(typed)
    const [first] = (await ask(page, { text: typed })).rows
    const spellings = [first![field], first![`${field}Ge` as 'firstNameGe'] ?? ''].map((text) => text.toUpperCase())
    await expect.poll(async () => spellings.includes((await list.grid.locator(`[data-row="0"] .cell.${column} mark`).first().textContent())!.toUpperCase()), name).toBe(true)
    expect((await list.find(typed)).map(({ sessionId }) => sessionId), name).toContain(row.sessionId)
  }
})

test('UX-1 words narrow each other down, and another script finds the same persons', async ({ list, rows, page }) => {
  const row = rows.find(({ firstName, firstNameGe }) => firstName.length > 4 && /^\p{Script=Georgian}+$/u.test(firstNameGe))!
  await list.search.fill(`${row.firstName} ${row.lastName}`)
  const both = await list.find(`${row.firstName} ${row.lastName}`)
  await expect.poll(() => list.total()).toBe(both.length)
  expect(both.map(({ sessionId }) => sessionId)).toContain(row.sessionId)
  await list.search.fill(row.firstNameGe)
  const georgian = await ask(page, { text: row.firstNameGe })
  await expect.poll(() => list.total()).toBe(georgian.total)
  expect(georgian.rows.map(({ sessionId }) => sessionId)).toContain(row.sessionId)
  await expect(list.grid.locator('[data-row="0"] .cell.first mark').first()).toBeVisible()
})

test('UX-5 a session ID or a number that is pasted finds one session, and Enter opens it', async ({ list, rows, page }) => {
  const once = (field: 'personalNumber' | 'documentNumber'): Row => {
    const seen = new Map<string, number>()
    for (const row of rows) seen.set(row[field], (seen.get(row[field]) ?? 0) + 1)
    return rows.find((row) => row[field] !== '' && seen.get(row[field]) === 1 && rows.filter((other) => matches(other, row[field])).length === 1)!
  }
  const personal = once('personalNumber')
  const pasted: [Row, string][] = [[rows[700]!, rows[700]!.sessionId], [personal, personal.personalNumber]]
  for (const [row, text] of pasted) {
    await page.keyboard.press('ControlOrMeta+f')
    await page.keyboard.insertText(text)
    await page.keyboard.press('Enter')
    const details = page.getByRole('main', { name: /^Session of/ })
    await expect(details.getByText(row.sessionId, { exact: true }).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect.poll(() => list.total()).toBe(1)
  }
})
