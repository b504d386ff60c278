// Proves that the list stands where it should, whatever its length: what is
// scrolled is what is seen, and both ends and the thumb are honest.
import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** Where a row of the list stands, in pixels under the header. */
interface Place {
  row: number
  top: number
}

interface View {
  rows: Place[]
  height: number
  rowHeight: number
}

/** Pixels that a row may stand off: one for rounding at each end of a step. */
const NEAR = 2
/** Steps of a wheel: mostly down, some up. */
const WHEEL = [100, 100, -137]
const STEPS = 12
/** Shares of the list at which the wheel is turned. */
const DEPTHS = [0, 0.00001, 0.001, 0.02, 0.28, 0.5, 0.998]

/** What a proof came to: how many steps of the wheel were tried, and which led elsewhere than they should. */
export interface Proof {
  steps: number
  wrong: string[]
  /** The farthest that the thumb was from its place, as a share of the list. */
  thumb: number
}

/** Turns the wheel at seven depths of a list of so many rows, drags the thumb, and goes to both ends. */
export async function proveWindowing(page: Page, total: number): Promise<Proof> {
  const grid = page.getByRole('grid', { name: 'Sessions' })
  await grid.hover()
  const proof: Proof = { steps: 0, wrong: [], thumb: 0 }
  for (const depth of DEPTHS) {
    await drag(page, depth)
    for (let step = 0; step < STEPS; step++) {
      const wrong = await turn(page, total, WHEEL[step % WHEEL.length]!, step % 4 === 3)
      proof.steps++
      if (wrong) proof.wrong.push(`${depth}, step ${step}: ${wrong}`)
    }
  }
  for (let share = 0; share <= 1; share += 0.05) {
    await drag(page, share)
    proof.thumb = Math.max(proof.thumb, Math.abs(await shareShown(page, total) - share))
  }
  await ends(page, total)
  return proof
}

/** Puts the scrollbar's thumb at a share of its way. */
async function drag(page: Page, share: number): Promise<void> {
  await page.evaluate((share) => {
    const grid = document.querySelector('[role=grid]')!
    grid.scrollTop = share * (grid.scrollHeight - grid.clientHeight)
  }, share)
  await drawn(page)
}

/** Turns the wheel once, resting before the next turn or not; answers what is wrong then. */
async function turn(page: Page, total: number, by: number, rest: boolean): Promise<string> {
  const before = await view(page)
  await page.mouse.wheel(0, by)
  await drawn(page)
  // The list puts the thumb right when nothing moves for a while: nothing may be seen of that.
  if (rest) await page.waitForTimeout(260)
  const after = await view(page)
  const end = total * before.rowHeight - before.height
  const wanted = Math.max(0, Math.min(offset(before) + by, end))
  const got = offset(after)
  if (Math.abs(got - wanted) > NEAR) return `${offset(before)} by ${by} led to ${got}`
  return covered(after) ? '' : `at ${got} not all of the view has rows`
}

/** The pixel of the whole list at the top of the view. */
function offset({ rows, rowHeight }: View): number {
  const [first] = rows
  return first ? first.row * rowHeight - first.top : NaN
}

/** Whether rows stand one below the other from the top of the view to its end. */
function covered({ rows, height, rowHeight }: View): boolean {
  const gaps = rows.slice(1).some(({ row, top }, i) => row !== rows[i]!.row + 1 || Math.abs(top - rows[i]!.top - rowHeight) > 0.5)
  return !gaps && rows[0]!.top <= 0.5 && rows.at(-1)!.top + rowHeight >= height - 0.5
}

async function shareShown(page: Page, total: number): Promise<number> {
  const now = await view(page)
  return offset(now) / (total * now.rowHeight - now.height)
}

/** End leads to the last row, Home to the first, and both are wholly in view. */
async function ends(page: Page, total: number): Promise<void> {
  await page.locator('[role=grid] [data-row]').last().focus()
  for (const [key, row] of [['End', total - 1], ['Home', 0], ['End', total - 1]] as const) {
    await page.keyboard.press(key)
    await expect(page.locator(`[data-row="${row}"]`), key).toBeFocused()
    await drawn(page)
    const now = await view(page)
    const place = now.rows.find((one) => one.row === row)!
    expect(place.top, key).toBeGreaterThanOrEqual(-0.5)
    expect(place.top + now.rowHeight, key).toBeLessThanOrEqual(now.height + 0.5)
    await expect(page.locator(`[data-row="${row}"]`), key).toHaveAttribute('aria-rowindex', String(row + 2))
  }
  // 500 pixels up from the very end is exactly that.
  const end = await view(page)
  for (let i = 0; i < 5; i++) {
    await page.mouse.wheel(0, -100)
    await drawn(page)
  }
  expect(Math.abs(offset(end) - 500 - offset(await view(page))), 'up from the end').toBeLessThanOrEqual(NEAR)
}

/** Waits until the browser has drawn what was asked for. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))))
}

/** The rows in view. It is read in one step, so that nothing moves meanwhile. */
function view(page: Page): Promise<View> {
  return page.evaluate(() => {
    const grid = document.querySelector('[role=grid]')!
    const from = grid.querySelector('[role=rowgroup]')!.getBoundingClientRect().bottom
    const height = grid.getBoundingClientRect().top + grid.clientHeight - from
    const all = [...grid.querySelectorAll<HTMLElement>('[data-row]')].map((row) => ({ row: Number(row.dataset['row']), top: row.getBoundingClientRect().top - from, tall: row.getBoundingClientRect().height }))
    const rowHeight = Math.max(...all.map(({ tall }) => tall))
    const rows = all.filter(({ top, tall }) => tall === rowHeight && top + tall > 0.5 && top < height - 0.5).map(({ row, top }) => ({ row, top }))
    rows.sort((a, b) => a.row - b.row)
    return { rows, height, rowHeight }
  })
}
