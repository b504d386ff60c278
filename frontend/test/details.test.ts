// A session's details as a person meets them: peek, page, photos, copy, print.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import { beforeAll, describe, expect, test } from 'vitest'
import App from '../src/App.svelte'
import type { FakeApi } from '../src/api/fake'
import { fakeRow } from '../src/api/fake-rows'
import type { Details } from '../src/lib/details'
import { Desk } from '../src/state/desk.svelte'
import { Opened } from '../src/state/details.svelte'
import { loadAhead } from '../src/views/shell/parts.svelte'
import { Gate, sealedApi, settled } from './fakes'

beforeAll(() => loadAhead(async () => {}))

interface Window {
  user: UserEvent
  desk: Desk
}

async function open(api: FakeApi): Promise<Window> {
  const desk = new Desk(api)
  render(App, { desk })
  await settled()
  return { user: userEvent.setup(), desk }
}

const row = (number: number): HTMLElement => screen.getByRole('grid').querySelector(`[data-row="${number}"]`)!
const page = (): HTMLElement => screen.getByRole('main')

/** Opens the page of a row by the keyboard. */
async function enter(number: number, api = sealedApi(40)): Promise<Window> {
  const window = await open(api)
  row(number).focus()
  await window.user.keyboard('{Enter}')
  await screen.findByRole('tab', { name: 'Summary' })
  return window
}

/** A list of 500 whose answers wait for the gate from now on, with the focus on its first row. */
async function slow(): Promise<Window & { gate: Gate }> {
  let waits = Promise.resolve()
  const window = await open(sealedApi(500, 'open sesame', { think: () => waits }))
  const gate = new Gate()
  waits = gate.passed
  row(0).focus()
  return { ...window, gate }
}

/** Photos are moved in the next frame, linked ones in the one after. */
async function frames(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame)
}

/** Texts of people who write markup. */
const HOSTILE = '<img src=x onerror=alert(1)><script>alert(1)</script>'

describe('peek', () => {
  test('UX-7 9: Space shows the session beside the list, arrows go on, Esc closes and the row keeps the focus', async () => {
    const { user } = await open(sealedApi(40))
    row(0).focus()
    await user.keyboard(' ')
    const panel = await screen.findByRole('complementary', { name: 'Preview of the session' })
    await within(panel).findByText(fakeRow(39).personalNumber)
    await user.keyboard('{ArrowDown}')
    await within(panel).findByText(fakeRow(38).personalNumber)
    expect(document.activeElement).toBe(row(1))
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('complementary')).toBeNull()
    expect(document.activeElement).toBe(row(1))
  })

  test('Enter goes on to the page, and Esc within the panel closes it', async () => {
    const { user } = await open(sealedApi(40))
    row(2).focus()
    await user.keyboard(' ')
    screen.getByRole('button', { name: 'Close the preview' }).focus()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(document.activeElement).toBe(row(2)))
    await user.keyboard(' ')
    await user.click(screen.getByRole('button', { name: 'Open' }))
    expect(page().getAttribute('aria-label')).toContain('Session of')
  })

  test('Space opens it at once for a row that is on its way, also out of view, and Enter goes on', async () => {
    const { user, desk, gate } = await slow()
    await user.keyboard('{End}{ArrowUp} ')
    const panel = await screen.findByRole('complementary', { name: 'Preview of the session' })
    expect(within(panel).getByRole('heading').textContent).toBe('Reading the session…')
    await user.keyboard('{Enter}')
    expect(page().getAttribute('aria-label')).toBe('Reading the session…')
    await user.keyboard('{Escape}')
    desk.sessions.view.anchor(0)
    await user.keyboard(' ')
    gate.open()
    await screen.findByText(fakeRow(1).personalNumber, { selector: 'aside *' })
    expect(document.activeElement).toBe(row(498))
  })
})

describe('the page', () => {
  test('UX-7 10: Esc and Alt+Left lead back to the same row', async () => {
    const { user, desk } = await enter(7)
    for (const back of ['{Escape}', '{Alt>}{ArrowLeft}{/Alt}']) {
      await user.keyboard(back)
      await waitFor(() => expect(document.activeElement).toBe(row(7)))
      expect(desk.sessions.active).toBe(7)
      await user.keyboard('{Enter}')
      await screen.findByRole('tab', { name: 'Summary' })
    }
  })

  test('UX-7 11: previous and next with the position; the ends are ends', async () => {
    const { user } = await enter(1)
    expect(screen.getByText('2 of 40')).toBeDefined()
    await user.keyboard('k')
    await screen.findByText('1 of 40')
    await screen.findAllByText(fakeRow(39).personalNumber)
    expect(screen.getByRole('button', { name: 'Open the previous session' }).getAttribute('aria-disabled')).toBe('true')
    await user.keyboard('k')
    expect(screen.getByText('1 of 40')).toBeDefined()
    await user.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await screen.findByText('2 of 40')
  })

  test('UX-7 11: Enter opens the page at once for a row that is on its way, and the page says so until it comes', async () => {
    const { user, gate } = await slow()
    await user.keyboard('{End}{ArrowUp}{Enter}')
    expect(page().getAttribute('aria-label')).toBe('Reading the session…')
    expect(screen.getByText('499 of 500')).toBeDefined()
    expect(screen.getByText('Reading the session…')).toBeDefined()
    await user.keyboard('j')
    gate.open()
    await screen.findAllByText(fakeRow(0).personalNumber)
    expect(page().getAttribute('aria-label')).toContain('Session of')
    expect(screen.getByText('500 of 500')).toBeDefined()
  })

  test('UX-7 27: the match level is said in words, with its rate and the accepted line', async () => {
    const api = sealedApi(400)
    const low = Array.from({ length: 400 }, (_, n) => n).find((n) => fakeRow(n).matchLevel === 2)!
    await enter(0, api)
    const text = (n: number): Promise<HTMLElement> => screen.findByText(new RegExp(`^Match level ${n} `))
    expect((await text(fakeRow(399).matchLevel)).textContent).toContain('accepted')
    const desk = new Desk(api)
    desk.opened.want(low, 0)
    await settled()
    expect(desk.opened.shown!.conflicts.map(({ kind }) => kind)).toContain('underAccepted')
  })

  test('UX-7 17: a copy button puts the number on the clipboard and says so', async () => {
    const api = sealedApi(40)
    const { user } = await enter(0, api)
    await user.click(screen.getByRole('button', { name: 'Copy Personal number' }))
    expect(api.clipboard).toBe(fakeRow(39).personalNumber)
    expect(screen.getByText('Copied: Personal number')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Copy the session ID' }))
    expect(api.clipboard).toBe(fakeRow(39).sessionId)
    api.failNext.copy = { code: 'internal', message: 'Nothing was copied.', hint: '' }
    await user.click(screen.getByRole('button', { name: 'Copy the session ID' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was copied.')
  })

  test('UX-7 28: the other sessions of the person open from there, and Esc leads back step by step', async () => {
    const api = sealedApi(40)
    api.samePerson.set(39, [20])
    const { user } = await enter(0, api)
    await user.click(screen.getByRole('button', { name: /^Open the session of/ }))
    await screen.findAllByText(fakeRow(20).personalNumber)
    expect(screen.getByText('Not in the shown list')).toBeDefined()
    page().focus()
    await user.keyboard('{Escape}')
    await screen.findAllByText(fakeRow(39).personalNumber)
    await user.keyboard('{Escape}')
    await waitFor(() => expect(document.activeElement).toBe(row(0)))
  })

  test('UX-7 39: printing makes one sheet, with the photos on it, and then prints', async () => {
    const api = sealedApi(40)
    const { user } = await enter(0, api)
    expect(document.querySelector('.sheet')).toBeNull()
    page().focus()
    await user.keyboard('{Control>}p{/Control}')
    await waitFor(() => expect(api.printed).toBe(1))
    const sheet = document.querySelector('.sheet')!
    expect(sheet.textContent).toContain(fakeRow(39).personalNumber)
    expect(sheet.querySelectorAll('img').length).toBeGreaterThan(1)
  })

  test('a session that cannot be read: the sentence, and the way on', async () => {
    const api = sealedApi(40)
    const window = await open(api)
    api.failNext.details = { code: 'damaged', message: 'This session is damaged. The others are not touched.', hint: 'Refresh.' }
    row(0).focus()
    await window.user.keyboard('{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('This session is damaged.')
    await window.user.click(screen.getByRole('button', { name: 'Retry' }))
    await screen.findByRole('tab', { name: 'Summary' })
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('locking drops everything of the person; unlocking leads back to the page', async () => {
    const api = sealedApi(40)
    const { desk } = await enter(0, api)
    await api.lock()
    await settled()
    expect(document.body.textContent).not.toContain(fakeRow(39).personalNumber)
    expect(desk.opened.shown).toBeNull()
    await api.unlock('open sesame')
    await settled()
    await screen.findAllByText(fakeRow(39).personalNumber)
  })

  test('what happens to the session meanwhile is seen', async () => {
    const api = sealedApi(40)
    const { desk } = await enter(0, api)
    api.onHold.add(39)
    api.grow(1)
    await waitFor(() => expect(within(page()).getByText('Held')).toBeDefined())
    expect(desk.opened.shown!.row.ordinal).toBe(39)
  })
})

describe('photos', () => {
  const photo = (name: RegExp): HTMLImageElement => screen.getByRole('img', { name }) as HTMLImageElement

  test('UX-7 26: selfie and document side by side, turned, chosen from the strip, laid over each other', async () => {
    const { user, desk } = await enter(0)
    expect(photo(/^Selfie 1 of/).getAttribute('src')).toContain('/39/full/selfie-1')
    page().focus()
    await user.keyboard('r')
    expect(photo(/^Selfie 1 of/).className).toContain('turn-1')
    await user.click(screen.getByRole('button', { name: 'Selfie 2' }))
    expect(photo(/^Selfie 2 of/).className).not.toContain('turn-1')
    page().focus()
    await user.keyboard('o')
    await screen.findByRole('slider', { name: 'How much of the selfie shows' })
    expect(document.querySelector('.over img')!.getAttribute('alt')).toContain('Selfie 2')
    expect(document.querySelectorAll('figure')).toHaveLength(1)
    await user.keyboard('l')
    expect(desk.opened.viewer!.linked).toBe(false)
  })

  test('linked photos have one zoom, others their own; it stays for the next session', async () => {
    const { user, desk } = await enter(1)
    const places = (): string[] => [...document.querySelectorAll<HTMLElement>('.photo')].map(({ style }) => style.transform)
    page().focus()
    await user.keyboard('+')
    await waitFor(() => expect(desk.opened.viewer!.scale).toBeGreaterThan(1))
    await frames()
    expect(places()[0]).toBe(places()[1])
    const frame = screen.getByRole('group', { name: /^Selfie 1/ })
    frame.focus()
    await user.keyboard('{ArrowLeft}')
    await frames()
    expect(places()[0]).toMatch(/translate\((?!0px, 0px)/)
    expect(places()[0]).toBe(places()[1])
    const scale = desk.opened.viewer!.scale
    await user.keyboard('l{ArrowUp}')
    await frames()
    expect(places()[0]).not.toBe(places()[1])
    await user.keyboard('k')
    await screen.findByText('1 of 40')
    expect(document.activeElement).toBe(frame)
    expect(desk.opened.viewer!.scale).toBe(scale)
    await user.keyboard('l0')
    await frames()
    expect(places()).toEqual(['scale(1) translate(0px, 0px)', 'scale(1) translate(0px, 0px)'])
    expect(desk.opened.viewer!.scale).toBe(1)
  })

  test('photos that are not here are said in words', async () => {
    const api = sealedApi(40)
    api.peculiar.set(39, { photos: [] })
    api.gone.set(38, 'user')
    const { user } = await enter(0, api)
    await screen.findByText('The portal has no selfie of this session.')
    page().focus()
    await user.keyboard('j')
    await waitFor(() => expect(screen.getAllByText('The photos were erased with the session.')).toHaveLength(2))
    await user.keyboard('j')
    await screen.findByRole('img', { name: /^Selfie 1 of/ })
    photo(/^Selfie 1 of/).dispatchEvent(new Event('error'))
    await screen.findByText(/^This photo is kept here but could not be opened/)
  })

  test('a photo that waits at the portal is fetched from where it is missed, one that is gone is said to be', async () => {
    const api = sealedApi(40)
    api.peculiar.set(39, { photos: ['selfie-1', 'front'], missing: [{ name: 'selfie-1', why: 'waiting' }, { name: 'front', why: 'gone' }] })
    const { user, desk } = await enter(0, api)
    await screen.findByText('This photo is still at the portal: it has not been fetched yet.')
    await screen.findByText(/^The portal no longer has this photo/)
    expect(document.querySelectorAll('.viewer img')).toHaveLength(0)
    expect(desk.commands.can('photoOverlay')).toBe(false)
    await user.click(screen.getByRole('button', { name: 'Fetch photos' }))
    expect(document.activeElement).toBe(screen.getByRole('group', { name: /^Selfie 1/ }))
    await waitFor(() => expect(photo(/^Selfie 1 of/).getAttribute('src')).toContain('/39/full/selfie-1'))
    expect(screen.queryByText(/still at the portal/)).toBeNull()
  })

  test('why photos cannot be fetched is said above the page', async () => {
    const api = sealedApi(40)
    api.peculiar.set(39, { missing: [{ name: 'selfie-1', why: 'waiting' }] })
    const { user } = await enter(0, api)
    api.failNext.fetchPhotos = { code: 'busy', message: 'The last photos is still running.', hint: 'Wait until it is done.' }
    await user.click(await screen.findByRole('button', { name: 'Fetch photos' }))
    await screen.findByText(/still running/)
  })
})

describe('whatever the portal sends', () => {
  const tabs = ['Summary', 'Customer activities', 'PEP info', 'Extra fields', 'Notes', 'Attempts']

  async function everywhere(user: UserEvent): Promise<void> {
    for (const name of tabs) {
      await user.click(screen.getByRole('tab', { name: new RegExp(`^${name}`) }))
      expect(screen.getByRole('tabpanel').textContent).not.toBe('')
      expect(document.querySelector('[role="tabpanel"] script, img[src="x"]')).toBeNull()
    }
  }

  test('markup in every field is text', async () => {
    const api = sealedApi(40)
    const whole = await api.details(39)
    api.peculiar.set(39, JSON.parse(JSON.stringify(whole), hostile) as Details)
    const { user } = await enter(0, api)
    await everywhere(user)
    await user.click(screen.getByRole('tab', { name: /^Extra fields/ }))
    expect(screen.getByRole('tabpanel').textContent).toContain(HOSTILE)
  })

  /** Every text but those that programs go by. */
  function hostile(key: string, value: unknown): unknown {
    const kept = ['kind', 'severity', 'source', 'ok', 'done', 'passed', 'success', 'fault', 'portal', 'createdAt', 'finishedAt', 'at', 'outcome', 'verified']
    const listed = Number.isNaN(Number(key)) === false && value !== HOSTILE
    if (typeof value !== 'string' || value === '' || listed || kept.includes(key) || ['yes', 'no'].includes(value)) return value
    return key === 'field' || key === 'value' || key === 'error' || key === 'errorMessage' || /Name|Number|model|browser|ip|tag|Text/.test(key) ? HOSTILE : value
  }

  test('40 extra fields, the longest name, no photo', async () => {
    const api = sealedApi(40)
    const name = 'ნ'.repeat(200)
    const extra = Array.from({ length: 40 }, (_, i) => ({ key: `field ${i}`, value: 'w'.repeat(500) }))
    api.peculiar.set(39, { row: { ...fakeRow(39), firstName: name, lastName: name }, extra, photos: [] })
    const { user } = await enter(0, api)
    await everywhere(user)
    await user.click(screen.getByRole('tab', { name: 'Extra fields 40' }))
    expect(within(screen.getByRole('tabpanel')).getAllByRole('term')).toHaveLength(40)
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain(name)
  })

  test('nothing known at all', async () => {
    const api = sealedApi(40)
    api.gone.set(39, 'portal')
    const empty = await api.details(39)
    api.peculiar.set(39, { ...blank(empty), row: empty.row })
    const { user } = await enter(0, api)
    await everywhere(user)
    expect(screen.getAllByText('Erased by the portal').length).toBeGreaterThan(0)
  })

  /** The details with every text empty and every list without members. */
  function blank<T>(value: T): T {
    if (Array.isArray(value)) return [] as T
    if (typeof value === 'string') return '' as T
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, blank(part)])) as T
  }
})

describe('the opened session', () => {
  test('an answer for a session that is not wanted any more is not shown', async () => {
    const gate = new Gate()
    const api = sealedApi(40)
    const answers = api.details.bind(api)
    api.details = async (ordinal) => {
      if (ordinal === 1) await gate.passed
      return answers(ordinal)
    }
    const opened = new Opened(api)
    opened.want(1, 0)
    opened.want(2, 0)
    await settled()
    gate.open()
    await settled()
    expect(opened.shown!.row.ordinal).toBe(2)
  })

  test('an archive that moves many times is asked one question at a time, and the last word counts', async () => {
    const api = sealedApi(40)
    const opened = new Opened(api)
    let asked = 0
    const answers = api.details.bind(api)
    api.details = (ordinal) => {
      asked++
      return answers(ordinal)
    }
    for (let seq = 0; seq < 10; seq++) opened.want(1, seq)
    api.onHold.add(1)
    await settled()
    expect(asked).toBe(2)
    expect(opened.shown!.row.hold).toBe(true)
  })

  test('a neighbour that was prepared is shown at once', async () => {
    const api = sealedApi(40)
    const opened = new Opened(api)
    await opened.prepare(3)
    opened.want(3, 0)
    expect(opened.shown!.row.ordinal).toBe(3)
    opened.forget()
    expect(opened.shown).toBeNull()
  })
})
