// The whole window's state on the archive in memory: jobs, export, failures.
import { describe, expect, test } from 'vitest'
import type { FakeApi } from '../src/api/fake'
import type { CommandId } from '../src/lib/commands'
import { noJobs } from '../src/lib/idv'
import type { AppError, Job, State } from '../src/lib/idv'
import { Desk } from '../src/state/desk.svelte'
import { JobBoard } from '../src/state/jobs.svelte'
import { Gate, makeApi, sealedApi, settled } from './fakes'

async function deskOn(api: FakeApi): Promise<Desk> {
  const desk = new Desk(api)
  desk.open()
  await settled()
  return desk
}

async function demoDesk(): Promise<{ api: FakeApi; desk: Desk }> {
  const api = makeApi()
  api.origin = { kind: 'demo', address: '', needsKey: false }
  api.grow(500)
  return { api, desk: await deskOn(api) }
}

const refused = { code: 'refused', message: 'The portal refused the key.', hint: 'Check it.' }
const offline = { code: 'unreachable', message: 'No answer.', hint: 'Try again.' }

describe('accounts of the jobs', () => {
  const account = (version: number, sync: Partial<Job>) => ({ ...noJobs(), version, sync: { ...noJobs().sync, ...sync } })

  test('an older one that comes late is dropped', () => {
    const board = new JobBoard(makeApi(), () => {}, () => {})
    board.take(account(7, { id: 1, running: false }))
    board.take(account(6, { id: 1, running: true }))
    expect(board.sync.running).toBe(false)
  })

  test('the end of a sync is told once', () => {
    const ends: number[] = []
    const board = new JobBoard(makeApi(), (job) => ends.push(job.id), () => {})
    board.take(account(0, {}))
    board.take(account(1, { id: 1, running: true }))
    board.take(account(2, { id: 1 }))
    board.take(account(3, { id: 1 }))
    board.take(account(4, { id: 2 }))
    expect(ends).toEqual([1, 2])
  })

  test('photos that come are told of, and nothing else is', () => {
    let came = 0
    const board = new JobBoard(makeApi(), () => {}, () => came++)
    const photos = (version: number, running: boolean, done: number) => {
      const job = { ...noJobs().photos, id: 1, running, progress: { phase: 'photos' as const, done, total: 9 } }
      board.take({ ...noJobs(), version, photos: job })
    }
    photos(1, true, 0)
    photos(2, true, 3)
    photos(3, true, 3)
    photos(4, false, 3)
    expect(came).toBe(3)
    expect(board.photos.running).toBe(false)
  })
})

/** The state of an archive that cannot be read the first time. */
function failingOnce(api: FakeApi, error: AppError): FakeApi['state'] {
  const state = api.state.bind(api)
  let failed = false
  return async () => {
    if (failed) return state()
    failed = true
    throw error
  }
}

describe('refresh', () => {
  test('brings new sessions in and says when', async () => {
    const { desk } = await demoDesk()
    await desk.refresh()
    await settled()
    expect(desk.jobs.sync.report?.added).toBe(214)
    expect(desk.archive.total).toBe(714)
    expect(desk.archive.synced).not.toBe('')
  })

  test('stops at once when it is cancelled, without a complaint', async () => {
    const gate = new Gate()
    const api = makeApi({ pause: () => gate.passed })
    api.origin = { kind: 'demo', address: '', needsKey: false }
    api.grow(500)
    const desk = await deskOn(api)
    await desk.refresh()
    expect(desk.jobs.sync.running).toBe(true)
    await desk.cancelSync()
    expect(desk.jobs.syncStopping).toBe(true)
    gate.open()
    await settled()
    expect(desk.jobs.sync).toMatchObject({ running: false, error: { code: 'cancelled' } })
    expect(desk.jobs.syncStopping).toBe(false)
    expect(desk.notice).toBeNull()
    expect(desk.archive.total).toBe(500)
  })

  test('UX-7 31: pausing stops without a complaint and lasts until it is resumed', async () => {
    const gate = new Gate()
    let waits = gate.passed
    const api = makeApi({ pause: () => waits })
    api.origin = { kind: 'demo', address: '', needsKey: false }
    api.grow(500)
    const desk = await deskOn(api)
    expect(['refreshPause', 'refreshResume'].map((id) => desk.commands.can(id as CommandId))).toEqual([false, false])
    await desk.refresh()
    await desk.pauseSync()
    expect(desk.jobs).toMatchObject({ paused: true, syncStopping: true, resumable: false })
    gate.open()
    await settled()
    expect(desk.jobs).toMatchObject({ paused: true, syncStopping: false, resumable: true })
    expect(desk.notice).toBeNull()
    waits = Promise.resolve()
    desk.commands.run('refreshResume')
    await settled()
    expect(desk.jobs.paused).toBe(false)
    expect(desk.archive.total).toBe(714)
  })

  test('UX-7 31: an import is not paused: it could not go on in the middle of a file', async () => {
    const gate = new Gate()
    const desk = await deskOn(sealedApi(6, 'open sesame', { pause: () => gate.passed }))
    await desk.chooseCsv()
    expect(desk.jobs.sync).toMatchObject({ running: true, kind: 'import' })
    expect(desk.commands.can('refreshPause')).toBe(false)
    await desk.pauseSync()
    gate.open()
    await settled()
    expect(desk.jobs.sync.error).toBeNull()
    expect(desk.jobs.resumable).toBe(true)
  })

  test('a failure is a notice whose retry goes on', async () => {
    const { api, desk } = await demoDesk()
    api.failNext.refresh = offline
    await desk.refresh()
    expect(desk.notice).toMatchObject({ error: offline, action: 'retry' })
    desk.retryNotice()
    await settled()
    expect(desk.notice).toBeNull()
    expect(desk.archive.total).toBe(714)
  })

  test.each(['refused', 'key_needed'])('%s leads to the connection, with the address known', async (code) => {
    const api = makeApi()
    api.origin = { kind: 'portal', address: 'https://api.portal.example', needsKey: true }
    api.grow(500)
    const desk = await deskOn(api)
    api.failNext.refresh = { ...refused, code }
    await desk.refresh()
    expect(desk.notice?.action).toBe('key')
    desk.retryNotice()
    expect(desk.dialog).toBe('connect')
    expect(desk.archive.address).toBe('https://api.portal.example')
    await desk.connect('https://api.portal.example', 'right')
    await settled()
    expect(desk.dialog).toBe('')
    expect(desk.archive.origin.needsKey).toBe(false)
  })

  test('its end shows all that came, also when no event told of the last of it', async () => {
    const api = makeApi()
    api.origin = { kind: 'demo', address: '', needsKey: false }
    api.grow(500)
    api.onStore = () => () => {}
    const desk = await deskOn(api)
    await desk.refresh()
    await settled()
    expect(desk.sessions.total).toBe(714)
  })

  test('a state that cannot be read after it is a notice; the list stays, and retry reads it', async () => {
    const { api, desk } = await demoDesk()
    api.state = failingOnce(api, offline)
    await desk.refresh()
    await settled()
    expect(desk.archive.problem).toBeNull()
    expect(desk.notice).toMatchObject({ error: offline, action: 'retry' })
    expect(desk.archive.synced).toBe('')
    desk.retryNotice()
    await settled()
    expect(desk.notice).toBeNull()
    expect(desk.archive.synced).not.toBe('')
  })

  test('of a CSV archive asks for the next file; what could not be read is counted', async () => {
    const api = makeApi()
    api.origin = { kind: 'csv', address: '', needsKey: false }
    api.grow(100)
    const desk = await deskOn(api)
    await desk.refresh()
    await settled()
    expect(desk.archive.total).toBe(500)
    expect(desk.unread).toBe(3)
    await desk.openRejected()
    expect(desk.dialog).toBe('rejected')
    expect(desk.rejected.total).toBe(3)
    expect(desk.rejected.rows[0]).toMatchObject({ row: 1842, column: 'Birth Date' })
  })
})

describe('export', () => {
  test('writes what the rows answer, and shows it', async () => {
    const { api, desk } = await demoDesk()
    await desk.sessions.search('nino')
    await desk.export('xlsx', false)
    expect(desk.exports.result?.rows).toBe(desk.sessions.total)
    expect(desk.exports.result?.file).toMatch(/\.xlsx$/)
    await desk.exports.showInFolder()
    expect(api.shown).toBe(1)
  })

  test('cancelled: no result and no complaint', async () => {
    const gate = new Gate()
    const api = makeApi({ pause: () => gate.passed })
    const desk = await deskOn(api)
    const done = desk.export('csv', false)
    await settled()
    await desk.cancelExport()
    expect(desk.jobs.exportStopping).toBe(true)
    gate.open()
    await done
    expect(desk.exports).toMatchObject({ result: null, busy: false })
    expect(desk.notice).toBeNull()
  })

  test('a failure can be retried with the same format', async () => {
    const { api, desk } = await demoDesk()
    api.failNext.exportView = { code: 'disk_full', message: 'The disk is full.', hint: '' }
    await desk.export('xlsx', false)
    expect(desk.notice?.error.code).toBe('disk_full')
    desk.retryNotice()
    await settled()
    expect(desk.exports.result?.file).toMatch(/\.xlsx$/)
  })
})

describe('the search', () => {
  test('built anew: what came too early is asked again when it has caught up', async () => {
    const { api, desk } = await demoDesk()
    await desk.sessions.search('nino')
    const all = desk.sessions.total
    api.rebuild(100)
    await settled()
    expect(desk.archive.trailing).toBe(true)
    await desk.sessions.search('nino')
    expect(desk.sessions.total).toBeLessThan(all)
    api.catchUp()
    await settled()
    expect(desk.archive.trailing).toBe(false)
    expect(desk.sessions.total).toBe(all)
  })

  test('a state that was read before an event does not undo it', async () => {
    const { api, desk } = await demoDesk()
    api.rebuild()
    const gate = new Gate()
    const old = await api.state()
    api.state = async (): Promise<State> => {
      await gate.passed
      return old
    }
    const read = desk.archive.read()
    api.catchUp()
    gate.open()
    await read
    expect(desk.archive.trailing).toBe(false)
  })
})

describe('a CSV import', () => {
  test('into a demo archive waits for the person’s word', async () => {
    const { api, desk } = await demoDesk()
    await desk.importCsv()
    await settled()
    expect(desk.dialog).toBe('import')
    expect(desk.jobs.sync.id).toBe(0)
    await desk.chooseCsv()
    await settled()
    expect(desk.dialog).toBe('')
    expect(desk.jobs.sync.report?.rejected).toBe(3)
    expect(api.origin.kind).toBe('csv')
  })

  test('into any other opens the file dialog at once', async () => {
    const api = makeApi()
    api.origin = { kind: 'portal', address: 'https://api.portal.example', needsKey: false }
    const desk = await deskOn(api)
    await desk.importCsv()
    await settled()
    expect(desk.dialog).toBe('')
    expect(desk.jobs.sync.id).toBe(1)
  })
})

test('a state that cannot be read at the start is a problem, and so is one of an archive opened again', async () => {
  const api = makeApi()
  api.failNext.state = offline
  const desk = await deskOn(api)
  expect(desk.archive.problem).toEqual(offline)
  api.failNext.state = refused
  await desk.read(true)
  expect(desk.archive.problem).toEqual(refused)
  expect(desk.notice).toBeNull()
})

test('an archive is opened again once at a time', async () => {
  const gate = new Gate()
  const api = makeApi()
  api.problem = { code: 'in_use', message: 'In use.', hint: '' }
  const desk = await deskOn(api)
  const state = await api.state()
  let calls = 0
  api.reopen = async () => {
    calls++
    await gate.passed
    return state
  }
  const reads = [desk.read(true), desk.read(true)]
  await settled()
  expect(calls).toBe(1)
  expect(desk.archive.reopening).toBe(true)
  gate.open()
  await Promise.all(reads)
  expect(desk.archive.reopening).toBe(false)
  await desk.read(true)
  expect(calls).toBe(2)
})

test('an archive that cannot be opened says why, and opens when it can', async () => {
  const api = makeApi()
  api.origin = { kind: 'demo', address: '', needsKey: false }
  api.grow(10)
  api.problem = { code: 'in_use', message: 'In use.', hint: '' }
  const desk = await deskOn(api)
  expect(desk.archive.problem?.code).toBe('in_use')
  await desk.read(true)
  expect(desk.archive.problem).toBeNull()
  expect(desk.sessions.total).toBe(10)
})
