// The photos of a session: side by side, zoomed together, laid over each other.
import type { Locator, Page } from '@playwright/test'
import type { Row } from '../src/lib/idv.ts'
import type { List } from './list.ts'
import { call, expect, test } from './shared.ts'

/** Opens the first session that has a selfie and a photo of the document, like the one after it. */
async function openPair(list: List, rows: Row[]): Promise<void> {
  const has = await Promise.all(rows.slice(0, 12).map(async ({ ordinal }) => {
    const { photos } = await call<{ photos: string[] }>(list.page, 'Details', ordinal)
    return photos.includes('front') && photos.some((name) => name.startsWith('selfie'))
  }))
  const at = has.findIndex((both, i) => both && has[i + 1])
  await list.grid.locator(`[data-row="${at}"]`).focus()
  await list.page.keyboard.press('Enter')
  await expect(pane(list.page, 'Selfie').getByRole('img')).toBeVisible()
  await expect(pane(list.page, 'Document').getByRole('img')).toBeVisible()
}

const pane = (page: Page, name: string): Locator => page.getByRole('figure').filter({ has: page.getByText(new RegExp(`^${name}`)) }).locator('.frame')

/** How a photo is placed in its frame. */
const placed = (frame: Locator): Promise<string> => frame.locator('.photo').evaluate((photo) => getComputedStyle(photo).transform)
const scale = async (frame: Locator): Promise<number> => Number((await placed(frame)).match(/matrix\(([\d.]+)/)?.[1] ?? 1)

test('UX-26 selfie and document zoom together by wheel, pinch, double click and keys, and the zoom stays for the next session', async ({ list, rows, page }) => {
  await openPair(list, rows)
  const [selfie, front] = [pane(page, 'Selfie'), pane(page, 'Document')]
  const together = async (right: (scale: number) => boolean): Promise<void> => {
    await expect.poll(async () => right(await scale(selfie))).toBe(true)
    await expect.poll(() => placed(front)).toBe(await placed(selfie))
  }
  await selfie.hover()
  await page.mouse.wheel(0, -200)
  await together((now) => now > 1)
  const wheel = await scale(selfie)
  // A pinch on a trackpad comes as a wheel with Ctrl.
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -200)
  await page.keyboard.up('Control')
  await together((now) => now > wheel)
  await page.keyboard.press('0')
  await together((now) => now === 1)
  await selfie.dblclick()
  await together((now) => now === 2.5)
  await selfie.focus()
  const before = await placed(selfie)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => placed(selfie)).not.toBe(before)
  await together((now) => now === 2.5)
  await page.keyboard.press('+')
  await together((now) => now > 2.5)
  const zoomed = await placed(selfie)
  await page.keyboard.press('Alt+ArrowDown')
  await expect(selfie.getByRole('img')).toBeVisible()
  expect(await placed(selfie), 'the next session is looked at in the same way').toBe(zoomed)
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await together((now) => now < 2.5)
})

test('UX-26 the zoom can be of one photo alone, photos turn, and the selfie lies over the document', async ({ list, rows, page }) => {
  await openPair(list, rows)
  const [selfie, front] = [pane(page, 'Selfie'), pane(page, 'Document')]
  await page.keyboard.press('l')
  await expect(page.getByRole('button', { name: 'Link zoom' })).toHaveAttribute('aria-pressed', 'false')
  await front.hover()
  await page.mouse.wheel(0, -200)
  await expect.poll(() => scale(front)).toBeGreaterThan(1)
  expect(await scale(selfie)).toBe(1)
  await page.keyboard.press('l')
  await page.keyboard.press('0')

  await page.keyboard.press('r')
  await expect(selfie.getByRole('img')).toHaveClass(/turn-1/)
  await expect(front.getByRole('img')).toHaveClass(/turn-1/)

  await page.keyboard.press('o')
  const over = front.locator('.over')
  await expect(over.getByRole('img', { name: /^Selfie/ })).toBeVisible()
  await expect(over).toHaveCSS('opacity', '0.5')
  await page.getByRole('slider', { name: 'How much of the selfie shows' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(over).toHaveCSS('opacity', '0.55')
  await page.getByRole('slider').press('o')
  await expect(over).toHaveCount(0)
})
