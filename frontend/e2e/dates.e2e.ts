// Dates: as a filter by presets and as they are typed, and as the list shows them.
import type { Row } from '../src/lib/idv.ts'
import { readTotal } from './list.ts'
import { command, expect, look, test, words } from './shared.ts'

// Neither the computer's zone nor its day may matter: both are set here.
test.use({ timezoneId: 'Asia/Tbilisi' })
const OFFSET = 4 * 3_600_000
const DAY = 86_400_000

/** The day of a session in the zone, counted from 1970. */
const dayOf = (row: Row): number => Math.floor((Date.parse(row.createdAt) + OFFSET) / DAY)
const iso = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
const monthOf = (day: number): string => iso(day).slice(0, 7)

test('UX-6 six presets and every way to write a day find the sessions of those days', async ({ list, rows, page }) => {
  // The demo's sessions end at its own day: it is today.
  const today = dayOf(rows[0]!)
  await page.clock.setFixedTime(today * DAY - OFFSET + 20 * 3_600_000)
  const lastMonth = monthOf(Date.parse(`${monthOf(today)}-01`) / DAY - 1)
  const narrowed = async (keep: (day: number) => boolean, what: string): Promise<void> => {
    await expect.poll(() => list.total(), what).toBe(rows.filter((row) => keep(dayOf(row))).length)
  }
  const open = (): Promise<void> => page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: 'Date', exact: true }).click()

  const presets: [string, (day: number) => boolean][] = [
    ['Today', (day) => day === today],
    ['Yesterday', (day) => day === today - 1],
    ['Last 7 days', (day) => day > today - 7],
    ['Last 30 days', (day) => day > today - 30],
    ['This month', (day) => monthOf(day) === monthOf(today)],
    ['Last month', (day) => monthOf(day) === lastMonth],
  ]
  for (const [name, keep] of presets) {
    await open()
    await page.getByRole('button', { name, exact: true }).click()
    await narrowed(keep, name)
  }

  const [year, month, day] = iso(today - 40).split('-') as [string, string, string]
  const written = [`${year}-${month}-${day}`, `${day}.${month}.${year}`, `${day}/${month}/${year.slice(2)}`, `${Number(day)}.${Number(month)}`]
  for (const text of written) {
    await open()
    await page.getByLabel('From', { exact: true }).fill(text)
    await page.getByLabel('To, this day included').fill(text)
    await page.keyboard.press('Enter')
    await narrowed((at) => at === today - 40, text)
  }
  await open()
  await page.getByLabel('From', { exact: true }).fill('31.02.2026')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: '31.02.2026' })).toBeVisible()
  await page.keyboard.press('Escape')
  await narrowed((at) => at === today - 40, 'what is no day changes nothing')
})

for (const language of ['ka', 'ru'] as const) {
  test(`UX-6 presets and typed days work the same in ${language}`, async ({ rows, page }) => {
    const say = words(language)
    await look(page, { language })
    await page.clock.setFixedTime(dayOf(rows[0]!) * DAY - OFFSET + 20 * 3_600_000)
    await page.reload()
    const open = (): Promise<void> => page.getByRole('group', { name: say['filter.bar']! }).getByRole('button', { name: say['filter.date']!, exact: true }).click()
    await open()
    for (const preset of ['today', 'yesterday', 'week', 'month', 'thisMonth', 'lastMonth']) await expect(page.getByRole('button', { name: say[`date.${preset}`]!, exact: true }).first()).toBeVisible()
    await page.getByRole('button', { name: say['date.yesterday']!, exact: true }).click()
    const yesterday = rows.filter((row) => dayOf(row) === dayOf(rows[0]!) - 1).length
    await expect.poll(() => page.evaluate(readTotal)).toBe(yesterday)
    await open()
    const [year, month, day] = iso(dayOf(rows[0]!) - 2).split('-') as [string, string, string]
    await page.getByLabel(say['filter.date.fromLabel']!, { exact: true }).fill(`${day}.${month}.${year}`)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(readTotal)).toBe(rows.filter((row) => [1, 2].includes(dayOf(rows[0]!) - dayOf(row))).length)
  })
}

test('UX-33 times are full and name their zone, the span is on hover, and one command turns that round', async ({ list, rows, page }) => {
  await page.clock.setFixedTime(Date.parse(rows[0]!.createdAt) + 5 * 60_000)
  await page.reload()
  const time = list.grid.locator('[data-row="0"] time').first()
  const at = new Date(Date.parse(rows[0]!.createdAt) + OFFSET).toISOString()
  await expect(time).toHaveAttribute('datetime', rows[0]!.createdAt)
  await expect(time).toContainText(at.slice(11, 16))
  await expect(time).toHaveAttribute('title', /5 minutes ago · Georgia/)
  await expect(list.grid.getByRole('columnheader', { name: /^Date/ })).toContainText('Georgia')
  await command(page, 'Times: date or as from now')
  await expect(time).toHaveText('5 minutes ago')
  await expect(time).toHaveAttribute('title', new RegExp(`${at.slice(11, 16)}.*Georgia`))
})
