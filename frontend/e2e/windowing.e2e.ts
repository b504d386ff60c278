// The list of a million sessions in a real browser. A sync of so many takes
// minutes, so an archive in memory stands behind the page; with the real one
// `go run ./build bench window --sessions 1000000` proves the same.
import { openFakePage } from './fake-page.ts'
import { expectSame } from './list.ts'
import { expect, SESSIONS, test } from './shared.ts'
import { proveWindowing } from './windowing.ts'

const MILLION = 1_000_000

test('UX-7 all rows of a million can be reached, the wheel is exact and the thumb honest', async ({ page }) => {
  const { url, server } = await openFakePage()
  try {
    await page.goto(`${url}?origin=demo&sessions=${MILLION}&think=0`)
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(MILLION + 1))
    const proof = await proveWindowing(page, MILLION)
    expect(proof).toMatchObject({ steps: 84, wrong: [] })
    expect(proof.thumb).toBeLessThanOrEqual(0.01)
  } finally {
    await server.stop()
  }
})

test('UX-7 wherever the list of a real archive is scrolled to, the rows are those of that place', async ({ list, rows, page }) => {
  for (let share = 0; share <= 1; share += 0.1) {
    await list.grid.evaluate((grid, share) => (grid.scrollTop = share * grid.scrollHeight), share)
    await expect.poll(async () => (await list.shown()).some(({ place }) => Math.abs(place - share * SESSIONS) < 25)).toBe(true)
    expectSame(await list.shown(), rows)
  }
  await list.grid.getByRole('row').last().focus()
  await page.keyboard.press('End')
  await expect.poll(async () => (await list.shown()).at(-1)?.place).toBe(SESSIONS)
  expectSame(await list.shown(), rows)
})
