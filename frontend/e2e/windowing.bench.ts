// The list of as many real sessions as one likes: what windowing.e2e.ts proves of
// a million in memory, here with the real back end.
import { List } from './list.ts'
import { expect, test } from './test.ts'
import { proveWindowing } from './windowing.ts'

const sessions = Number(process.env.VERIDESK_BENCH_SESSIONS ?? 100_000)

test('windowing', async ({ openPage, page, home }) => {
  const sync = await home.command('--no-passphrase', '--json', 'sync', '--demo', '--photos-for', '0s', '--sessions', String(sessions))
  expect(sync.code, sync.stderr).toBe(0)
  await openPage()
  const list = new List(page)
  await expect.poll(() => list.total()).toBe(sessions)
  const { steps, wrong, thumb } = await proveWindowing(page, sessions)
  console.log(`${sessions.toLocaleString('en')} sessions: ${wrong.length} of ${steps} steps of the wheel wrong, thumb off by ${(thumb * 100).toFixed(2)} % at most, End is row ${sessions.toLocaleString('en')}`)
  expect(wrong).toEqual([])
})
