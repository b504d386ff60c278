// The system's notification that a long job is done: when it is shown, and what it tells.
import { render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FakeApi } from '../src/api/fake'
import WindowForm from '../src/views/settings/WindowForm.svelte'
import { Desk } from '../src/state/desk.svelte'
import { sealedApi, settled } from './fakes'

let focused: boolean
let now: number

beforeEach(() => {
  focused = false
  now = 1000
  vi.spyOn(document, 'hasFocus').mockImplementation(() => focused)
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => vi.restoreAllMocks())

/** An archive of 40 sessions whose jobs take that long. */
async function opened(took: number): Promise<{ api: FakeApi; desk: Desk }> {
  const pause = async (): Promise<void> => void (now += took)
  const api = sealedApi(40, 'open sesame', { steps: 1, sessions: 100, pause })
  const desk = new Desk(api)
  desk.open()
  await settled()
  return { api, desk }
}

test('UX-7 24: a long export tells the number and the file that the app has named, if another window is in front', async () => {
  const { api, desk } = await opened(6000)
  await desk.export('csv', false)
  expect(api.notified).toEqual([['40 sessions exported', 'sessions_2026-11-22_40.csv']])
  focused = true
  await desk.export('csv', false)
  expect(api.notified).toHaveLength(1)
})

test('UX-7 24: a file that somebody has named may say who is in it: it is not told', async () => {
  const { api, desk } = await opened(6000)
  await desk.export('xlsx', true)
  expect(api.notified).toEqual([['40 sessions exported', '']])
})

test('what is soon done, stopped or has failed is not told', async () => {
  const { api, desk } = await opened(4000)
  await desk.export('csv', false)
  const slow = await opened(6000)
  for (const code of ['disk_full', 'cancelled'] as const) {
    slow.api.failNext.exportView = { code, message: 'No file was written.', hint: '' }
    await slow.desk.export('csv', false)
  }
  expect([...api.notified, ...slow.api.notified]).toEqual([])
})

test('imports and backups are told too, a sync is not', async () => {
  const { api, desk } = await opened(6000)
  await desk.refresh()
  await settled()
  expect(api.notified).toEqual([])
  await desk.preferences.backup()
  await desk.chooseCsv()
  await settled()
  expect(api.notified.map(([title]) => title)).toEqual(['Backup finished', 'Import finished'])
  expect(api.notified[1]![1]).toMatch(/^\d+ added, 0 changed$/)
})

test('a system that shows none changes nothing', async () => {
  const { api, desk } = await opened(6000)
  api.failNext.notify = { code: 'internal', message: 'No.', hint: '' }
  await desk.export('csv', false)
  await settled()
  expect(desk.exports.result?.rows).toBe(40)
  expect(desk.notice).toBeNull()
})

test('a setting switches it off', async () => {
  const { api, desk } = await opened(6000)
  render(WindowForm, { look: desk.look })
  const box = screen.getByRole('checkbox', { name: 'Notify when a long job is done' })
  expect(box).toHaveProperty('checked', true)
  await userEvent.click(box)
  await settled()
  expect(api.window.quiet).toBe(true)
  await desk.export('csv', false)
  expect(api.notified).toEqual([])
})
