// The sessions list as a test sees it, and the rows that the back end answers.
import { expect, type Locator, type Page } from '@playwright/test'
import type { Jobs, Page as Answer, Row } from '../src/lib/idv.ts'
import type { Sheet } from './sheets.ts'

/** A row that is on screen: its place in the list from 1, and its cells by column title. */
export interface Shown {
  place: number
  cells: Record<string, string>
}

/** Reads the rows in view. It runs in the page and uses nothing from outside. */
export function readShown(): Shown[] {
  const grid = document.querySelector('[role=grid]')
  if (!grid) return []
  const text = (element: Element) => element.textContent.replace(/\s+/g, ' ').trim()
  const titles = new Map([...grid.querySelectorAll('[role=columnheader]')].map((head) => [head.getAttribute('aria-colindex'), text(head)]))
  const view = grid.getBoundingClientRect()
  const inView = (row: Element) => {
    const { top, bottom } = row.getBoundingClientRect()
    return bottom > view.top && top < view.bottom
  }
  const rows = [...grid.querySelectorAll('[role=row]')].filter((row) => row.querySelector('[role=gridcell]') && inView(row))
  const cellsOf = (row: Element) =>
    [...row.querySelectorAll('[role=gridcell]')].map((cell) => [titles.get(cell.getAttribute('aria-colindex')) ?? '', text(cell)])
  return rows
    .map((row) => ({ place: Number(row.getAttribute('aria-rowindex')) - 1, cells: Object.fromEntries(cellsOf(row)) }))
    .sort((a, b) => a.place - b.place)
}

/**
 * Checks that rows in view are those of an answer, each at its place. A cell
 * begins with the name; the Georgian spelling may follow.
 */
export function expectSame(shown: Shown[], rows: Row[]): void {
  expect(shown.length).toBeGreaterThan(0)
  const wrong = shown.filter(({ place, cells }) => {
    const row = rows[place - 1]
    return !row || !cells['First name']?.startsWith(row.firstName || '******') || !cells['Last name']?.startsWith(row.lastName || '******')
  })
  expect(wrong).toEqual([])
}

/** How many sessions the list says that it has; -1 before it is there. It runs in the page. */
export function readTotal(): number {
  const count = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount')
  return count ? Number(count) - 1 : -1
}

interface Bridge {
  Find(query: { text: string; offset: number; limit: number }): Promise<Answer>
  Jobs(): Promise<Jobs>
}

/** Calls the back end as the page does. It runs in the page. */
export async function findAll(text: string): Promise<Row[]> {
  const app = (window as unknown as { go: { main: { App: Bridge } } }).go.main.App
  const rows: Row[] = []
  for (;;) {
    const answer = await app.Find({ text, offset: rows.length, limit: 1000 })
    rows.push(...answer.rows)
    if (rows.length >= answer.total || answer.rows.length === 0) return rows
  }
}

/** Rows of all sessions, newest first. It runs in the page. */
export async function findFrom(offset: number): Promise<Row[]> {
  const app = (window as unknown as { go: { main: { App: Bridge } } }).go.main.App
  return (await app.Find({ text: '', offset, limit: 50 })).rows
}

/** The Georgian letters of the texts that tests type, in Latin ones. */
const LATIN: Record<string, string> = { ა: 'a', გ: 'g', ი: 'i', კ: 'k', ნ: 'n', ო: 'o', რ: 'r' }
const romanised = (text: string) => text.replace(/\p{Script=Georgian}/gu, (letter) => LATIN[letter] ?? letter)

/** Whether every word begins a name, a number, the session ID or an extra field's value of the row. */
export function matches(row: Row, text: string): boolean {
  const names = [row.firstName, row.lastName, row.firstNameGe, row.lastNameGe]
  const fields = [...names, row.personalNumber, row.documentNumber, row.sessionId, row.extra].map(romanised)
  const words = fields.flatMap((field) => [field, ...field.split(/[^\p{L}\p{N}]+/u)]).map((word) => word.toLowerCase())
  return text.toLowerCase().split(/\s+/).every((typed) => words.some((word) => word.startsWith(typed)))
}

/** Checks that a sheet has exactly these rows, in this order, with the identity fields as text. */
export function expectSameRows(sheet: Sheet, rows: Row[]): void {
  const name = (text: string) => (/^\*+$/.test(text) ? '' : text)
  expect(sheet.header).toHaveLength(24)
  const pick = (row: Record<string, string | null>) =>
    ['Session ID', 'First Name', 'Last Name', 'Personal Number', 'Document Number'].map((column) => name(row[column] ?? ''))
  expect(sheet.rows.map(pick)).toEqual(
    rows.map((row) => [row.sessionId, name(row.firstName), name(row.lastName), row.personalNumber, row.documentNumber]),
  )
}

/** The list in a browser's page. */
export class List {
  readonly search: Locator
  readonly grid: Locator

  constructor(readonly page: Page) {
    this.search = page.getByRole('combobox', { name: 'Search sessions' })
    this.grid = page.getByRole('grid', { name: /sessions/i })
  }

  /** Chooses the demo data at the first start, and waits until all of it is in the list. */
  async startDemo(): Promise<number> {
    await this.page.getByRole('radio', { name: /Look around with demo data/ }).check()
    await this.page.getByRole('button', { name: 'Start with demo data' }).click()
    await this.grid.waitFor()
    await this.settled()
    return this.total()
  }

  /** Waits until no sync runs, and the list has all that the archive holds. */
  async settled(): Promise<void> {
    await expect.poll(() => this.page.evaluate(syncRuns), { timeout: 60_000 }).toBe(false)
  }

  total(): Promise<number> {
    return this.page.evaluate(readTotal)
  }

  /** The rows on screen, once there is a list and none of them is still loading. */
  async shown(): Promise<Shown[]> {
    await this.grid.waitFor()
    await expect(this.grid.locator('[aria-busy=true]')).toHaveCount(0)
    return this.page.evaluate(readShown)
  }

  find(text: string): Promise<Row[]> {
    return this.page.evaluate(findAll, text)
  }
}

/** Whether a sync is under way. It runs in the page. */
export async function syncRuns(): Promise<boolean> {
  const app = (window as unknown as { go: { main: { App: Bridge } } }).go.main.App
  return (await app.Jobs()).sync.running
}

/** The passphrase of every archive that a test protects. */
export const passphrase = 'correct horse battery'

/** Chooses a portal at the first start, protects the new archive, and connects. */
export async function connect(page: Page, address: string, key: string): Promise<void> {
  await page.getByRole('radio', { name: /Connect to your portal/ }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await protect(page)
  await fillConnection(page, address, key)
}

/** Chooses a passphrase, and answers the recovery code that is shown once. */
export async function protect(page: Page): Promise<string> {
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByLabel('The same again').fill(passphrase)
  await page.getByRole('button', { name: 'Create the archive' }).click()
  await page.getByRole('heading', { name: 'Write down the recovery code' }).waitFor()
  const code = await page.locator('.groups').innerText()
  await page.getByRole('checkbox', { name: 'I have written it down' }).check()
  await page.getByRole('button', { name: 'Continue' }).click()
  return code
}

/** Fills in the form of the portal's connection, and sends it. */
export async function fillConnection(page: Page, address: string, key: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Address' }).fill(address)
  await page.getByRole('textbox', { name: 'Secret key' }).fill(key)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
}
