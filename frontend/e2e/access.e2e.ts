// Every screen, light and dark, holds WCAG 2.2 AA as far as a program can tell.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { shots } from './home.ts'
import { List } from './list.ts'
import { expect, test } from './test.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

for (const colorScheme of ['light', 'dark'] as const) {
  test(`first start and list, ${colorScheme}`, async ({ openPage, page, home }) => {
    mkdirSync(shots, { recursive: true })
    const look = async (name: string) => {
      await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`) })
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
      expect(violations.map((v) => [v.id, v.help, v.nodes.map((n) => n.html)])).toEqual([])
    }
    await page.emulateMedia({ colorScheme })
    await openPage()
    await page.getByRole('radio', { name: /demo data/ }).waitFor()
    await look('start')
    const list = new List(page)
    await list.startDemo()
    await look('list')
    await list.search.fill('nin')
    await expect.poll(() => list.total()).toBe((await list.find('nin')).length)
    await list.shown()
    await look('found')
    await list.search.fill('wrtwrt')
    await page.getByText(/Nothing found for/).waitFor()
    await look('nothing')
    await list.search.fill('')
    await page.getByRole('button', { name: /export formats/i }).click()
    await page.getByRole('menu').waitFor()
    await look('export-menu')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /More ways to bring sessions in/ }).click()
    await page.getByRole('menuitem', { name: /Import a CSV export/ }).click()
    await page.getByRole('dialog', { name: /Start a protected archive/ }).waitFor()
    await look('replace-demo')
    expect(home.exports('')).toEqual([])
  })
}
