// The window as a person and a screen reader meet it, on the archive in memory.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeAll, describe, expect, test } from 'vitest'
import App from '../src/App.svelte'
import type { FakeApi } from '../src/api/fake'
import { Desk } from '../src/state/desk.svelte'
import { loadAhead } from '../src/views/shell/parts.svelte'
import { Gate, freshApi, makeApi, settled } from './fakes'

beforeAll(() => loadAhead(async () => {}))

function demoApi(sessions = 500): FakeApi {
  const api = makeApi()
  api.origin = { kind: 'demo', address: '', needsKey: false }
  api.grow(sessions)
  return api
}

async function open(api: FakeApi): Promise<ReturnType<typeof userEvent.setup>> {
  render(App, { desk: new Desk(api) })
  await settled()
  return userEvent.setup()
}

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Sessions' })
const box = (): HTMLElement => screen.getByRole('combobox', { name: 'Search sessions' })
const rowAt = (number: number): HTMLElement => grid().querySelector(`[aria-rowindex="${number + 1}"]`)!

/** Picks from a menu. Without a layout there is no room for it: it is hidden, so that its items have no role. */
async function choose(user: ReturnType<typeof userEvent.setup>, menu: string, item: string): Promise<void> {
  await user.click(screen.getByRole('button', { name: menu }))
  await user.click(await screen.findByText(item))
}

describe('the first run', () => {
  test('demo data: one choice, one click, and the list is there', async () => {
    const user = await open(freshApi())
    expect(screen.getByRole('radio', { name: 'Look around with demo data' })).toHaveProperty('checked', true)
    await user.click(screen.getByRole('button', { name: 'Start with demo data' }))
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('501'))
  })

  test('a portal that refuses the key: the sentence, the address kept, and the way on', async () => {
    const user = await open(makeApi())
    await user.click(screen.getByRole('radio', { name: 'Connect to your portal' }))
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    expect(screen.getByRole('alert').textContent).toContain('Fill in')
    await user.type(screen.getByRole('textbox', { name: 'Address' }), 'https://api.portal.example')
    await user.type(screen.getByLabelText('Secret key'), 'wrong')
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('refused the key'))
    expect(screen.getByRole('textbox', { name: 'Address' })).toHaveProperty('value', 'https://api.portal.example')
    await user.clear(screen.getByLabelText('Secret key'))
    await user.type(screen.getByLabelText('Secret key'), 'right')
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    await waitFor(() => expect(grid()).toBeDefined())
  })

  test('a CSV file: a dialog closed without a choice changes nothing', async () => {
    const api = makeApi()
    api.importCsv = async () => false
    const user = await open(api)
    await user.click(screen.getByRole('radio', { name: 'Import a CSV export' }))
    await user.click(screen.getByRole('button', { name: 'Choose a file…' }))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByRole('button', { name: 'Choose a file…' })).toHaveProperty('disabled', false)
  })

  test('a sealed archive that is still empty is not offered invented sessions', async () => {
    await open(makeApi())
    expect(screen.getAllByRole('radio').map((radio) => radio.getAttribute('value'))).toEqual(['portal', 'csv'])
  })
})

describe('the list', () => {
  test('tells a screen reader its size and where each row stands', async () => {
    await open(demoApi(1_000_000))
    expect(grid().getAttribute('aria-rowcount')).toBe('1000001')
    expect(within(grid()).getAllByRole('columnheader').map((head) => head.textContent?.trim().split(' ')[0])).toEqual(
      ['', 'Selfie', 'First', 'Last', 'Date', 'Document', 'Liveness', 'Verified', 'Match', 'Extra', 'More'],
    )
    expect(within(rowAt(1)).getAllByRole('gridcell')).toHaveLength(11)
    expect(within(rowAt(1)).getByRole('img', { name: 'Selfie' })).toBeDefined()
    expect(screen.getByRole('status').textContent).toBe('1,000,000 sessions')
    expect(grid().querySelectorAll('[data-row]').length).toBeLessThan(60)
  })

  test('is walked by keys, and the focus goes with the row', async () => {
    const user = await open(demoApi())
    await user.keyboard('/')
    expect(document.activeElement).toBe(box())
    await user.keyboard('{ArrowDown}')
    await settled()
    expect(document.activeElement).toBe(rowAt(1))
    await user.keyboard('jj{ArrowUp}')
    await settled()
    expect(document.activeElement).toBe(rowAt(2))
    await user.keyboard('{End}')
    await settled()
    expect(document.activeElement).toBe(rowAt(500))
    expect(screen.getByText('Row 500 of 500')).toBeDefined()
    await user.keyboard('{Home}{Escape}')
    await settled()
    expect(document.activeElement).toBe(box())
    const stops = [...grid().querySelectorAll('[tabindex="0"]')]
    expect(stops.map((stop) => stop.getAttribute('role') ?? stop.tagName)).toEqual(['row', 'BUTTON'])
    expect(stops[0]!.contains(stops[1]!)).toBe(true)
  })

  test('finds while typing, says when nothing is found, and is cleared', async () => {
    const user = await open(demoApi())
    await user.type(box(), 'nino ber')
    await waitFor(() => expect(rowAt(1).textContent).toContain('BERIDZE'))
    expect([...rowAt(1).querySelectorAll('mark')].map((hit) => hit.textContent)).toContain('BER')
    await user.type(box(), 'zz')
    await waitFor(() => expect(screen.getByText('Nothing found for “nino berzz”')).toBeDefined())
    await user.keyboard('{Escape}')
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('501'))
    expect(box()).toHaveProperty('value', '')
  })

  test('names that were not read are asterisks that say so', async () => {
    const user = await open(demoApi())
    await user.keyboard('/{ArrowDown}{End}')
    await settled()
    expect(screen.getAllByTitle('Name could not be read').length).toBeGreaterThan(0)
  })
})

describe('the search while it is prepared', () => {
  test('the status line says how far it is, and the count that more may come', async () => {
    const api = demoApi()
    const user = await open(api)
    expect(screen.queryByText(/Preparing search/)).toBeNull()
    api.grow(1)
    api.rebuild(200)
    expect(await screen.findByText('Preparing search · 0 %')).toBeDefined()
    expect(await screen.findByText('501 sessions', { selector: '.count' })).toBeDefined()
    await user.type(box(), 'nino')
    expect(await screen.findByText(/found, more may come$/, { selector: '.count' })).toBeDefined()
    await user.type(box(), 'zz')
    expect(await screen.findByText(/has not seen every session yet/)).toBeDefined()
    api.catchUp()
    await waitFor(() => expect(screen.queryByText(/Preparing search|has not seen|more may come/)).toBeNull())
  })

  test('a sync has its own progress', async () => {
    const gate = new Gate()
    const api = makeApi({ pause: () => gate.passed })
    api.origin = { kind: 'demo', address: '', needsKey: false }
    api.grow(500)
    const user = await open(api)
    await user.keyboard('{F5}')
    api.write(10)
    await settled()
    expect(screen.queryByText(/Preparing search/)).toBeNull()
    gate.open()
    await waitFor(() => expect(screen.getByText('Finished')).toBeDefined())
  })
})

describe('the demo’s sessions', () => {
  const more = 'More ways to bring sessions in'

  test('stay beside the real ones: the connection and the import say so', async () => {
    const user = await open(demoApi())
    await choose(user, more, 'Portal connection…')
    expect(within(await screen.findByRole('dialog')).getByText(/stay in it, beside the real ones.* --data/)).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await choose(user, more, 'Import a CSV export…')
    const dialog = await screen.findByRole('dialog', { name: 'Import a CSV export' })
    expect(within(dialog).getByText(/stay in it, beside the real ones.* --data/)).toBeDefined()
    await user.click(within(dialog).getByRole('button', { name: 'Choose a file…' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(screen.getByText(/3 items could not be read/)).toBeDefined())
  })

  test('are no matter for an archive that has none', async () => {
    const api = demoApi()
    api.origin = { kind: 'portal', address: 'https://api.portal.example', needsKey: false }
    const user = await open(api)
    await choose(user, more, 'Portal connection…')
    await screen.findByRole('dialog')
    expect(screen.queryByText(/beside the real ones/)).toBeNull()
  })
})

test('Try again is one try at a time', async () => {
  const gate = new Gate()
  const api = demoApi()
  api.problem = { code: 'in_use', message: 'In use.', hint: '' }
  const reopen = api.reopen.bind(api)
  api.reopen = async () => {
    await gate.passed
    return reopen()
  }
  const user = await open(api)
  const again = screen.getByRole('button', { name: 'Try again' })
  expect(again.getAttribute('aria-busy')).toBe('false')
  await user.click(again)
  expect(again).toHaveProperty('disabled', true)
  expect(again.getAttribute('aria-busy')).toBe('true')
  gate.open()
  await waitFor(() => expect(grid()).toBeDefined())
})

test('what could not be read: the newest of it, and how much there is', async () => {
  const api = demoApi()
  api.rejections = Array.from({ length: 731 }, (_, i) => ({ file: 'a.csv', row: i + 1, column: '', reason: `reason ${i}` }))
  const user = await open(api)
  await choose(user, 'More ways to bring sessions in', 'Items that could not be read…')
  const dialog = await screen.findByRole('dialog', { name: '731 items could not be read' })
  expect(within(dialog).getAllByRole('row')).toHaveLength(501)
  expect(within(dialog).getByText('Only the newest 500 are shown.')).toBeDefined()
})

describe('commands', () => {
  test('Ctrl+E exports the view and offers its folder', async () => {
    const api = demoApi()
    const user = await open(api)
    await user.keyboard('{Control>}e{/Control}')
    await waitFor(() => expect(screen.getByText('500 sessions exported')).toBeDefined())
    await user.click(screen.getByRole('button', { name: 'Show in folder' }))
    expect(api.shown).toBe(1)
  })

  test('an export says when cells are not as they were', async () => {
    const api = demoApi()
    const user = await open(api)
    const exportAs = async (): Promise<void> => {
      await choose(user, 'More export formats', 'Excel .xlsx, to the usual folder')
      await screen.findByText('500 sessions exported')
    }
    await exportAs()
    expect(screen.queryByText(/sheet About/)).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Dismiss export result' }))
    api.altered = 3
    await exportAs()
    expect(screen.getByText('3 cells could not be kept as they are; the sheet About lists them.')).toBeDefined()
  })

  test('F5 refreshes, and the same button cancels without losing the focus', async () => {
    const gate = new Gate()
    const api = makeApi({ pause: () => gate.passed })
    api.origin = { kind: 'demo', address: '', needsKey: false }
    api.grow(500)
    const user = await open(api)
    screen.getByRole('button', { name: 'Refresh' }).focus()
    await user.keyboard('{F5}')
    const cancel = await screen.findByRole('button', { name: 'Cancel sync' })
    expect(document.activeElement).toBe(cancel)
    await user.click(cancel)
    expect(cancel.textContent).toContain('Stopping')
    gate.open()
    await waitFor(() => expect(screen.getByText('The last sync was stopped')).toBeDefined())
  })

  test('UX-7 31: one button pauses and resumes without losing the focus, and the line says that it is paused', async () => {
    const gate = new Gate()
    const api = makeApi({ pause: () => gate.passed })
    api.origin = { kind: 'demo', address: '', needsKey: false }
    api.grow(500)
    const user = await open(api)
    expect(screen.queryByRole('button', { name: 'Pause sync' })).toBeNull()
    await user.keyboard('{F5}')
    const pause = await screen.findByRole('button', { name: 'Pause sync' })
    expect(pause.title).toContain('Nothing comes from the portal by itself until you resume, or start the app again.')
    await user.click(pause)
    expect(pause.textContent).toContain('Stopping')
    gate.open()
    await screen.findByText('Paused')
    expect(document.activeElement).toBe(pause)
    expect(pause.getAttribute('aria-label')).toBe('Resume sync')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('715'))
    expect(screen.queryByText('Paused')).toBeNull()
  })

  test('a failure is an alert with the next step', async () => {
    const api = demoApi()
    api.failNext.refresh = { code: 'unreachable', message: 'The portal did not answer.', hint: 'Check the connection.' }
    const user = await open(api)
    await user.keyboard('{F5}')
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The portal did not answer.')
    await user.click(within(alert).getByRole('button', { name: 'Retry' }))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  test('sessions that come in under an active row wait for Show', async () => {
    const api = demoApi()
    const user = await open(api)
    await user.keyboard('/{ArrowDown}')
    await settled()
    const before = rowAt(1).textContent
    api.grow(214)
    const show = await screen.findByRole('button', { name: '214 new – Show' })
    expect(rowAt(1).textContent).toBe(before)
    await user.click(show)
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('715'))
  })
})
