// The bridge's shapes become the window's: Go sends values, never null.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { wailsApi } from '../src/api/wails'
import { firstSettings, noLock, textQuery } from '../src/lib/idv'
import type { Jobs, Lock } from '../src/lib/idv'

const none = { code: '', message: '', hint: '' }
const noReport = { read: 0, added: 0, changed: 0, unchanged: 0, rejected: 0 }
const job = { id: 0, kind: '', running: false, progress: { phase: '', done: 0, total: 0 }, report: noReport, error: none, endedAt: '' }
const jobs = { version: 3, sync: { ...job, id: 2, report: { ...noReport, added: 5, rejected: 2 } }, export: { ...job, id: 1, running: true }, photos: job, backup: job, paused: false }

let go: Record<string, ReturnType<typeof vi.fn>>
let events: Record<string, (data: unknown) => void>

beforeEach(() => {
  go = {}
  events = {}
  const on = (name: string, listener: (data: unknown) => void) => {
    events[name] = listener
    return () => delete events[name]
  }
  Object.assign(window, { go: { main: { App: go } }, runtime: { EventsOnMultiple: on } })
})
afterEach(() => {
  Reflect.deleteProperty(window, 'go')
  Reflect.deleteProperty(window, 'runtime')
})

test('a job without an error code has no error, and a report only when it has ended', async () => {
  go['Jobs'] = vi.fn().mockResolvedValue(jobs)
  const { sync, export: exporting } = await wailsApi().jobs()
  expect(sync.error).toBeNull()
  expect(sync.report).toMatchObject({ added: 5, rejected: 2 })
  expect(exporting.report).toBeNull()
})

test('events carry the same shapes, until the listener stops', () => {
  const heard: Jobs[] = []
  const stop = wailsApi().onJobs((account) => heard.push(account))
  events['jobs']!(jobs)
  expect(heard[0]!.sync.error).toBeNull()
  stop()
  expect(events['jobs']).toBeUndefined()
})

test('what could not be read is asked for up to a limit', async () => {
  const answer = { total: 9000, rows: [{ file: 'a.csv', row: 3, column: '', reason: 'no' }] }
  go['Rejected'] = vi.fn().mockResolvedValue(answer)
  expect(await wailsApi().rejected(500)).toEqual(answer)
  expect(go['Rejected']).toHaveBeenCalledWith(500)
})

test('an export without a file was cancelled in the dialog', async () => {
  go['Export'] = vi.fn().mockResolvedValueOnce({ file: '', rows: 0, sha256: '' }).mockResolvedValueOnce({ file: '/x.csv', rows: 1, sha256: '' })
  const query = textQuery('nino', 0, 0)
  expect(await wailsApi().exportView(query, 'csv', true)).toBeNull()
  expect(await wailsApi().exportView(query, 'csv', true)).toMatchObject({ file: '/x.csv' })
  expect(go['Export']).toHaveBeenLastCalledWith(query, 'csv', true)
})

test('a rejection keeps its sentences, an unknown one becomes internal', async () => {
  go['Refresh'] = vi.fn().mockRejectedValueOnce({ code: 'busy', message: 'Busy.', hint: 'Wait.' }).mockRejectedValueOnce('panic: x')
  await expect(wailsApi().refresh()).rejects.toMatchObject({ code: 'busy', hint: 'Wait.' })
  await expect(wailsApi().refresh()).rejects.toMatchObject({ code: 'internal' })
})

test('a locked archive is no problem: the lock is told, by the state and by an event', async () => {
  const lock = { ...noLock(), version: 3, kind: 'passphrase' }
  const state = { problem: { ...none, code: 'locked' }, jobs, lock, settings: firstSettings() }
  go['State'] = vi.fn().mockResolvedValueOnce(state).mockResolvedValueOnce({ ...state, problem: { ...none, code: 'damaged' } })
  expect(await wailsApi().state()).toMatchObject({ problem: null, lock })
  expect(await wailsApi().state()).toMatchObject({ problem: { code: 'damaged' } })
  const heard: Lock[] = []
  const stop = wailsApi().onLock((account) => heard.push(account))
  events['lock']!({ ...lock, phase: 'open' })
  expect(heard).toEqual([{ ...lock, phase: 'open' }])
  stop()
  expect(events['lock']).toBeUndefined()
})

test('the calls about the lock go to the methods of the same names', async () => {
  const api = wailsApi()
  const settings = { ...firstSettings(), retentionYears: 5 }
  const calls: [string, unknown[], () => Promise<unknown>][] = [
    ['Protect', ['open sesame', false], () => api.protect('open sesame', false)],
    ['Unlock', ['open sesame'], () => api.unlock('open sesame')],
    ['Recover', ['A1B2', 'open sesame'], () => api.recover('A1B2', 'open sesame')],
    ['Lock', [], () => api.lock()],
    ['Touch', [], () => api.touch()],
    ['ChangePassphrase', ['old', 'new'], () => api.changePassphrase('old', 'new')],
    ['NewRecoveryCode', ['old'], () => api.newRecoveryCode('old')],
    ['Wipe', ['DELETE'], () => api.wipe('DELETE')],
    ['SaveSettings', [settings], () => api.saveSettings(settings)],
    ['Erase', [['a', 'b']], () => api.erase(['a', 'b'])],
    ['Hold', [['a'], true], () => api.hold(['a'], true)],
    ['Backup', [], () => api.backup()],
  ]
  for (const [name, given, call] of calls) {
    go[name] = vi.fn().mockResolvedValueOnce(name).mockRejectedValueOnce(new Error(JSON.stringify({ code: 'wrong_secret', message: 'No.', hint: '' })))
    expect(await call(), name).toBe(name)
    expect(go[name], name).toHaveBeenCalledWith(...given)
    await expect(call(), name).rejects.toMatchObject({ code: 'wrong_secret' })
  }
})

test('a clipboard that refuses is a failure', async () => {
  const put = vi.fn().mockResolvedValueOnce(true).mockResolvedValueOnce(false)
  Object.assign(window, { runtime: { ClipboardSetText: put } })
  await wailsApi().copy('A1B2')
  expect(put).toHaveBeenCalledWith('A1B2')
  await expect(wailsApi().copy('A1B2')).rejects.toMatchObject({ code: 'internal' })
})
