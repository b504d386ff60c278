// What the page costs the computer, as the browser counts it.
import type { CDPSession, Page } from '@playwright/test'

const COUNTED = { ScriptDuration: 'script', RecalcStyleDuration: 'style', LayoutDuration: 'layout', TaskDuration: 'all tasks' }

/**
 * Time of the page's main thread since it was asked for, as the processor counts
 * it: what else the computer does is not in it.
 */
export class Costs {
  constructor(
    readonly browser: CDPSession,
    readonly before: Record<string, number>,
  ) {}

  static async of(page: Page): Promise<Costs> {
    const browser = await page.context().newCDPSession(page)
    await browser.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new Costs(browser, await metrics(browser))
  }

  /** What each of so many letters took. */
  async text(letters: number): Promise<string> {
    const after = await metrics(this.browser)
    const each = (name: string) => ((1000 * ((after[name] ?? 0) - (this.before[name] ?? 0))) / letters).toFixed(1)
    const parts = Object.entries(COUNTED).map(([name, what]) => `${what} ${each(name)} ms`)
    return `  main thread, a letter: ${parts.join(', ')}`
  }
}

async function metrics(browser: CDPSession): Promise<Record<string, number>> {
  const answer = await browser.send('Performance.getMetrics')
  return Object.fromEntries(answer.metrics.map(({ name, value }) => [name, value]))
}

/** The page's JavaScript heap after its garbage is gone, in bytes. */
export async function heap(page: Page): Promise<number> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('HeapProfiler.collectGarbage')
  const { usedSize } = await browser.send('Runtime.getHeapUsage')
  await browser.detach()
  return usedSize
}
