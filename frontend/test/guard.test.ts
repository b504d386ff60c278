// The lock: what opens and closes the archive, what is gone while it is closed,
// and where the person is after it.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { FAKE_CODES } from '../src/api/fake-vault'
import type { FakeApi } from '../src/api/fake'
import { noLock } from '../src/lib/idv'
import { Countdown } from '../src/state/countdown.svelte'
import { Desk } from '../src/state/desk.svelte'
import { Guard } from '../src/state/guard.svelte'
import { Gate, freshApi, makeApi, sealedApi, settled } from './fakes'

async function deskOn(api: FakeApi): Promise<Desk> {
  const desk = new Desk(api)
  desk.open()
  await settled()
  return desk
}

/** A desk deep in a search, with everything on show that tells of people. */
async function busyDesk(): Promise<{ api: FakeApi; desk: Desk }> {
  const api = sealedApi(5000)
  const desk = await deskOn(api)
  await desk.sessions.search('nino')
  desk.sessions.view.anchor(30 * 44)
  desk.sessions.activate(35)
  desk.sessions.pages.want(desk.sessions.view.range.first, desk.sessions.view.range.end)
  await settled()
  return { api, desk }
}

describe('locked', () => {
  test('nothing that tells of a person is left, whatever was on show', async () => {
    const { desk } = await busyDesk()
    desk.notice = { error: { code: 'invalid', message: 'NINO', hint: '' }, action: 'retry', run: () => {} }
    desk.rejected = { total: 1, rows: [{ file: 'a.csv', row: 1, column: '', reason: 'NINO' }] }
    desk.askErase(desk.sessions.pages.row(35)!)
    expect(desk.dialog).toBe('erase')
    await desk.lock()
    expect(desk.guard.lock).toMatchObject({ phase: 'locked', reason: 'user', photos: '' })
    expect(desk.sessions.pages.row(35)).toBeUndefined()
    expect(desk).toMatchObject({ dialog: '', notice: null, rejected: { total: 0, rows: [] } })
    expect(desk.cases.target).toBeNull()
  })

  test('unlocked, the text, the active row and the scroll position are as they were', async () => {
    const { api, desk } = await busyDesk()
    const session = desk.sessions.pages.row(35)!.sessionId
    const { offset } = desk.sessions.view
    api.vault.close('idle')
    await settled()
    expect(await desk.guard.unlock('open sesame')).toBe(true)
    await settled()
    expect(desk.sessions).toMatchObject({ text: 'nino', shownText: 'nino', active: 35 })
    expect(desk.sessions.view.offset).toBe(offset)
    expect(desk.sessions.pages.row(35)?.sessionId).toBe(session)
  })

  test('also when sessions came in above: it is the same session, at the same height', async () => {
    const { api, desk } = await busyDesk()
    const session = desk.sessions.pages.row(35)!.sessionId
    const { total } = desk.sessions
    const before = desk.sessions.view.y(35) - desk.sessions.view.scroll
    api.vault.close('sleep')
    api.grow(1000)
    await settled()
    await desk.guard.unlock('open sesame')
    await settled()
    desk.sessions.pages.want(desk.sessions.view.range.first, desk.sessions.view.range.end)
    await settled()
    const came = desk.sessions.total - total
    expect(came).toBeGreaterThan(0)
    expect(desk.sessions.active).toBe(35 + came)
    expect(desk.sessions.pages.row(35 + came)?.sessionId).toBe(session)
    expect(desk.sessions.view.y(35 + came) - desk.sessions.view.scroll).toBe(before)
    expect(desk.sessions.fresh).toBe(0)
  })

  test('an answer that was under way comes too late', async () => {
    const gate = new Gate()
    const { api, desk } = await busyDesk()
    const find = api.find.bind(api)
    const rejected = api.rejected.bind(api)
    // Both have their rows already when the lock closes.
    api.find = async (query) => {
      const page = await find(query)
      await gate.passed
      return page
    }
    api.rejected = async (limit) => {
      const answer = await rejected(limit)
      await gate.passed
      return { ...answer, rows: [{ file: 'a.csv', row: 1, column: '', reason: 'NINO' }] }
    }
    void desk.sessions.search('nino b')
    void desk.openRejected()
    desk.sessions.pages.want(200, 260)
    await settled()
    api.vault.close('screen')
    gate.open()
    await settled()
    expect([0, 35, 210].map((row) => desk.sessions.pages.row(row))).toEqual([undefined, undefined, undefined])
    expect(desk).toMatchObject({ dialog: '', rejected: { rows: [] } })
  })

  test('calls that the lock overtakes are no failures', async () => {
    const { api, desk } = await busyDesk()
    api.vault.close('idle')
    await desk.sessions.ask()
    await desk.refresh()
    await desk.openRejected()
    await desk.export('csv', false)
    await settled()
    expect(desk.notice).toBeNull()
    expect(desk.sessions.error).toBeNull()
  })

  test('a lock that fails is told, and the archive stays open', async () => {
    const { api, desk } = await busyDesk()
    api.lock = async () => {
      throw { code: 'internal', message: 'No.', hint: '' }
    }
    await desk.lock()
    expect(desk.guard.isOpen).toBe(true)
    expect(desk.notice?.error.message).toBe('No.')
  })
})

describe('what opens', () => {
  test('a wrong passphrase says the same each time; soon the next try has to wait', async () => {
    const api = sealedApi()
    const desk = await deskOn(api)
    await desk.lock()
    const said = new Set<string>()
    for (const attempt of ['open sesam', 'x', '']) {
      expect(await desk.guard.unlock(attempt)).toBe(false)
      said.add(JSON.stringify(desk.guard.error))
    }
    expect(said.size).toBe(1)
    expect(desk.guard.wait.left).toBeGreaterThan(0)
    expect(desk.guard.returned).toBe(false)
    expect(await desk.guard.unlock('open sesame')).toBe(true)
    expect(desk.guard).toMatchObject({ error: null, returned: true })
    expect(desk.guard.wait.left).toBe(0)
  })

  test('the recovery code, with a new passphrase; a slip is told from another code', async () => {
    const api = sealedApi()
    api.vault.code = FAKE_CODES[0]!
    const desk = await deskOn(api)
    await desk.lock()
    expect(await desk.guard.recover('A1B2-A1B2', 'new passphrase')).toBe(false)
    expect(desk.guard.error?.code).toBe('invalid')
    expect(await desk.guard.recover(FAKE_CODES[1]!, 'new passphrase')).toBe(false)
    expect(desk.guard.error?.code).toBe('wrong_secret')
    expect(await desk.guard.recover(` ${FAKE_CODES[0]!.toLowerCase()}\n`, 'new passphrase')).toBe(true)
    expect(api.vault.passphrase).toBe('new passphrase')
  })

  test('a demo archive opens by itself, but not after it was locked by hand', async () => {
    const api = makeApi()
    api.origin = { kind: 'demo', address: '', needsKey: false }
    api.grow(10)
    api.vault.set({ phase: 'locked', kind: 'demo', reason: '' })
    const desk = await deskOn(api)
    expect(desk.sessions.total).toBe(10)
    await desk.lock()
    await settled()
    expect(desk.guard.isOpen).toBe(false)
  })

  test('a demo archive that does not open is not tried without end', async () => {
    const api = makeApi()
    api.vault.set({ phase: 'locked', kind: 'demo', reason: '' })
    let tries = 0
    api.unlock = async () => {
      tries++
      throw { code: 'damaged', message: 'No.', hint: '' }
    }
    const desk = await deskOn(api)
    api.vault.set({ wait: 0 })
    await desk.read()
    expect(tries).toBe(1)
    expect(desk.guard.error?.code).toBe('damaged')
  })

  test('one try at a time', async () => {
    const gate = new Gate()
    const api = sealedApi(6, 'open sesame', { think: () => gate.passed })
    api.vault.close('')
    const desk = await deskOn(api)
    const first = desk.guard.unlock('open sesame')
    expect(await desk.guard.unlock('wrong')).toBe(false)
    gate.open()
    expect(await first).toBe(true)
  })
})

describe('deleting the archive', () => {
  test('leaves nothing of it, and the next archive begins from nothing', async () => {
    const { api, desk } = await busyDesk()
    for (let i = 0; i < 10; i++) api.grow(0)
    expect(await desk.guard.wipe('delete')).toBe(false)
    expect(desk.archive.total).toBe(5000)
    expect(await desk.guard.wipe('DELETE')).toBe(true)
    await settled()
    expect(desk.guard.lock.phase).toBe('new')
    expect(desk.archive).toMatchObject({ isNew: true, total: 0, synced: '', address: '' })
    expect(desk.sessions).toMatchObject({ text: '', shownText: '', active: -1, total: 0, loaded: false })
    await desk.guard.protect('another passphrase', false)
    await desk.archive.connect('https://api.portal.example', 'right')
    await settled()
    // Its changes are counted from the beginning: they are heard of all the same.
    expect(api.seq).toBe(4)
    expect(desk.archive.total).toBe(500)
    await vi.waitFor(() => expect(desk.sessions.total).toBe(500), 5000)
  })

  test('of a demo leads to a protected archive; real sessions never go into a demo', async () => {
    const api = freshApi()
    const desk = await deskOn(api)
    await desk.archive.startDemo()
    await settled()
    expect(desk.guard.isDemo).toBe(true)
    await desk.importCsv()
    expect(desk).toMatchObject({ dialog: 'replace', choice: 'csv' })
    desk.closeDialog()
    desk.askForKey()
    expect(desk).toMatchObject({ dialog: 'replace', choice: 'portal' })
    expect(api.origin.kind).toBe('demo')
    await desk.replaceDemo()
    await settled()
    expect(desk.guard.lock.phase).toBe('new')
    expect(desk).toMatchObject({ dialog: '', choice: 'portal' })
  })

  test('an empty demo archive gives way without a question', async () => {
    const api = freshApi({ sessions: 0 })
    const desk = await deskOn(api)
    api.vault.open('demo')
    await settled()
    expect(await desk.guard.protect('open sesame', false)).toBe(true)
    expect(desk.guard.lock).toMatchObject({ phase: 'open', kind: 'passphraseKeychain' })
    expect(desk.guard.code).toBe(FAKE_CODES[0])
  })
})

describe('the recovery code', () => {
  test('is gone from memory once it is written down', async () => {
    const desk = await deskOn(freshApi())
    await desk.guard.protect('open sesame', false)
    expect(desk.guard).toMatchObject({ code: FAKE_CODES[0], unconfirmed: true })
    desk.guard.confirmCode()
    expect(desk.guard).toMatchObject({ code: '', unconfirmed: false })
  })

  test('the lock takes it too; that nobody confirmed it is kept in mind', async () => {
    const api = freshApi()
    const desk = await deskOn(api)
    await desk.guard.protect('open sesame', false)
    api.vault.close('idle')
    expect(desk.guard).toMatchObject({ code: '', unconfirmed: true })
    await desk.guard.unlock('open sesame')
    expect(await desk.guard.newCode('wrong')).toBe(false)
    expect(await desk.guard.newCode('open sesame')).toBe(true)
    expect(desk.guard.code).toBe(FAKE_CODES[1])
  })
})

describe('accounts of the lock', () => {
  test('an older one that comes late is dropped', () => {
    let changes = 0
    const guard = new Guard(makeApi(), () => changes++)
    guard.hear({ ...noLock(), version: 7, phase: 'locked' })
    guard.hear({ ...noLock(), version: 6, phase: 'open' })
    expect(guard.isOpen).toBe(false)
    expect(changes).toBe(0)
    guard.hear({ ...noLock(), version: 8, phase: 'open' })
    expect(guard.isOpen).toBe(true)
    expect(changes).toBe(1)
  })

  test('somebody at the window is told of at most every ten seconds, and not while it is locked', async () => {
    const api = sealedApi()
    const desk = await deskOn(api)
    for (const at of [0, 1, 9_999, 10_000, 15_000, 20_000]) desk.guard.touch(at)
    expect(api.vault.touches).toBe(3)
    await desk.lock()
    desk.guard.touch(60_000)
    expect(api.vault.touches).toBe(3)
  })

  describe('count down', () => {
    afterEach(() => void vi.useRealTimers())

    test('second by second, and end', () => {
      vi.useFakeTimers()
      const countdown = new Countdown()
      countdown.start(2.5)
      expect(countdown.left).toBe(3)
      vi.advanceTimersByTime(500)
      expect(countdown.left).toBe(2)
      vi.advanceTimersByTime(1999)
      expect(countdown.left).toBe(1)
      vi.advanceTimersByTime(1)
      expect(countdown.left).toBe(0)
      expect(vi.getTimerCount()).toBe(0)
    })

    test('to the lock, anew when somebody is there', async () => {
      vi.useFakeTimers()
      const guard = new Guard(makeApi(), () => {})
      guard.idle = 300
      guard.hear({ ...noLock(), version: 1, phase: 'open', locksIn: 300 })
      await vi.advanceTimersByTimeAsync(100_000)
      expect(guard.locksIn.left).toBe(200)
      guard.touch()
      await vi.advanceTimersByTimeAsync(0)
      expect(guard.locksIn.left).toBe(300)
      guard.hear({ ...noLock(), version: 2, phase: 'locked' })
      expect(guard.locksIn.left).toBe(0)
    })
  })
})

describe('single sessions', () => {
  test('erased: a tombstone stays, and the search finds it no more', async () => {
    const { api, desk } = await busyDesk()
    const row = desk.sessions.pages.row(35)!
    const { total } = desk.sessions
    expect(await desk.cases.erase(row)).toBe(true)
    await settled()
    expect(desk.sessions.total).toBe(total - 1)
    expect(api.row(row.ordinal)).toMatchObject({ sessionId: row.sessionId, firstName: '', personalNumber: '', erased: 'user' })
  })

  test('under hold nothing erases them', async () => {
    const { api, desk } = await busyDesk()
    const row = desk.sessions.pages.row(35)!
    await desk.toggleHold(row)
    await settled()
    const held = desk.sessions.pages.row(35)!
    expect(held.hold).toBe(true)
    expect(await desk.cases.erase(held)).toBe(false)
    expect(desk.cases.error?.code).toBe('invalid')
    await desk.toggleHold(held)
    await settled()
    expect(api.row(row.ordinal).hold).toBe(false)
  })

  test('lifting a hold that alone keeps a session is asked about', async () => {
    const { api, desk } = await busyDesk()
    const { ordinal } = desk.sessions.pages.row(35)!
    api.onHold.add(ordinal)
    api.liquidated.add(ordinal)
    await desk.toggleHold(api.row(ordinal))
    expect(desk.dialog).toBe('hold')
    expect(api.gone.has(ordinal)).toBe(false)
    expect(await desk.cases.hold(api.row(ordinal), false)).toBe(true)
    expect(api.row(ordinal).erased).toBe('portal')
  })

  test('a hold that fails is a notice with a retry', async () => {
    const { api, desk } = await busyDesk()
    const row = desk.sessions.pages.row(35)!
    api.failNext.hold = { code: 'disk_full', message: 'Full.', hint: '' }
    await desk.toggleHold(row)
    expect(desk.notice?.error.code).toBe('disk_full')
    desk.retryNotice()
    await settled()
    expect(api.onHold.has(row.ordinal)).toBe(true)
  })
})

test('settings are kept when the archive has taken them, and not before', async () => {
  const api = sealedApi()
  const desk = await deskOn(api)
  const wanted = { lockMinutes: 15, retentionYears: 7, acceptedLevel: 5, photoHosts: [], contentProtection: false }
  api.failNext.saveSettings = { code: 'disk_full', message: 'Full.', hint: '' }
  await desk.saveSettings(wanted)
  expect(desk.preferences).toMatchObject({ saved: false, error: { code: 'disk_full' }, values: { retentionYears: 0 } })
  await desk.saveSettings(wanted)
  expect(desk.preferences).toMatchObject({ saved: true, error: null, values: wanted })
  expect(desk.guard.locksIn.left).toBe(900)
  expect(api.vault.settings).toEqual(wanted)
})
