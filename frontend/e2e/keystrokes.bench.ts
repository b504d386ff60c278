// How long a keystroke takes until the rows that answer it are painted, and where
// that time goes: the app with its real back end in a browser, typed at a person's pace.
import { cpus } from 'node:os'
import type { Page } from '@playwright/test'
import { ANSWER, KEYSTROKE, ROWS } from '../src/lib/paint.ts'
import { Costs } from './costs.ts'
import { List, findFrom } from './list.ts'
import { expect, test } from './test.ts'

const sessions = Number(process.env.VERIDESK_BENCH_SESSIONS ?? 100_000)

/** Milliseconds between two keys, as people type. */
const PACE = [90, 120]

/** Until the letter is painted: measured here, the page's own measures are of the rows. */
const ECHO = 'echo'
const STAGES = { [ECHO]: 'letter painted', [ANSWER]: 'answer here', [ROWS]: 'rows in the page', [KEYSTROKE]: 'rows painted' }

test('keystrokes', async ({ openPage, page, home }) => {
  const sync = await home.command('--no-passphrase', '--json', 'sync', '--demo', '--photos-for', '0s', '--sessions', String(sessions))
  expect(sync.code, sync.stderr).toBe(0)
  await page.addInitScript(watch, Object.keys(STAGES))
  await openPage()
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(sessions)
  await list.settled()
  const words = await texts(list)
  await type(page, list, 'ni') // what runs for the first time is slower, once
  await page.evaluate(() => Object.values((window as unknown as Seen).seen).forEach((times) => (times.length = 0)))
  const costs = await Costs.of(page)
  for (const text of words) await type(page, list, text)
  const seen = await page.evaluate(() => (window as unknown as Seen).seen)
  console.log(`${sessions.toLocaleString('en')} sessions, ${cpus().length} cores, Chromium, ${PACE.join('-')} ms between keys, from the keystroke until:`)
  for (const [name, what] of Object.entries(STAGES)) console.log(line(what, seen[name]!))
  console.log(await costs.text(seen[ECHO]!.length))
})

interface Seen {
  seen: Record<string, number[]>
}

/** Notes when a letter, and when its rows are painted. It runs in the page. */
function watch([echo, ...measures]: string[]): void {
  const seen: Seen['seen'] = Object.fromEntries([echo, ...measures].map((name) => [name, []]))
  ;(window as unknown as Seen).seen = seen
  new PerformanceObserver((entries) => {
    for (const { name, duration } of entries.getEntries()) seen[name]?.push(duration)
  }).observe({ type: 'measure' })
  const painted = (event: Event) => requestAnimationFrame(() => setTimeout(() => seen[echo!]!.push(performance.now() - event.timeStamp)))
  addEventListener('input', painted, { capture: true })
}

/** What to type: names, numbers and IDs that are there, two words, and what nobody is called. */
async function texts(list: List): Promise<string[]> {
  const row = (await list.page.evaluate(findFrom, sessions >> 1)).find((row) => row.firstName && row.personalNumber && row.documentNumber)!
  return ['nino', 'giorgi b', row.lastName, row.personalNumber, row.documentNumber, row.sessionId.slice(0, 12), `${row.firstName} ${row.lastName}`, 'qwertz']
}

/**
 * Takes away what is in the box, and types. Only keys are sent: looking for the
 * box again before each would be work in the page that no person makes.
 */
async function type(page: Page, list: List, text: string): Promise<void> {
  await list.search.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Backspace')
  await page.waitForTimeout(500)
  for (const [i, letter] of [...text].entries()) {
    await page.keyboard.type(letter)
    await page.waitForTimeout(PACE[i % PACE.length]!)
  }
  await page.waitForTimeout(500)
}

function line(what: string, times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1)
  return `  ${what.padEnd(18)} n ${sorted.length}  p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  max ${at(1)} ms`
}
