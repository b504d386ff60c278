// How long a keystroke takes until the rows that answer it are painted: the app
// with its real back end in a browser, typed at a person's pace.
import { cpus } from 'node:os'
import type { Page } from '@playwright/test'
import { KEYSTROKE } from '../src/lib/paint.ts'
import { List, findFrom } from './list.ts'
import { expect, test } from './test.ts'

const sessions = Number(process.env.VERIDESK_BENCH_SESSIONS ?? 100_000)

/** Milliseconds between two keys, as people type. */
const PACE = [90, 120]

test('keystrokes', async ({ openPage, page, home }) => {
  const sync = await home.command('--no-passphrase', '--json', 'sync', '--demo', '--photos-for', '0s', '--sessions', String(sessions))
  expect(sync.code, sync.stderr).toBe(0)
  await page.addInitScript(watch, KEYSTROKE)
  await openPage()
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(sessions)
  for (const text of await texts(list)) await type(page, list, text)
  const { echo, results } = await page.evaluate(() => (window as unknown as Seen).seen)
  console.log(`${sessions.toLocaleString('en')} sessions, ${cpus().length} cores, Chromium, ${PACE.join('-')} ms between keys`)
  console.log(line('letter painted', echo))
  console.log(line('rows painted', results))
})

interface Seen {
  seen: { echo: number[]; results: number[] }
}

/** Notes when a letter, and when its rows are painted. It runs in the page. */
function watch(measure: string): void {
  const seen: Seen['seen'] = { echo: [], results: [] }
  ;(window as unknown as Seen).seen = seen
  new PerformanceObserver((entries) => {
    for (const entry of entries.getEntriesByName(measure)) seen.results.push(entry.duration)
  }).observe({ type: 'measure' })
  const painted = (event: Event) => requestAnimationFrame(() => setTimeout(() => seen.echo.push(performance.now() - event.timeStamp)))
  addEventListener('input', painted, { capture: true })
}

/** What to type: names, numbers and IDs that are there, two words, and what nobody is called. */
async function texts(list: List): Promise<string[]> {
  const row = (await list.page.evaluate(findFrom, sessions >> 1)).find((row) => row.firstName && row.personalNumber && row.documentNumber)!
  return ['nino', 'giorgi b', row.lastName, row.personalNumber, row.documentNumber, row.sessionId.slice(0, 12), `${row.firstName} ${row.lastName}`, 'qwertz']
}

async function type(page: Page, list: List, text: string): Promise<void> {
  await list.search.fill('')
  await page.waitForTimeout(500)
  for (const [i, letter] of [...text].entries()) {
    await list.search.pressSequentially(letter)
    await page.waitForTimeout(PACE[i % PACE.length]!)
  }
  await page.waitForTimeout(500)
}

function line(what: string, times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1)
  return `${what.padEnd(16)} n ${sorted.length}  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  max ${at(1)} ms`
}
