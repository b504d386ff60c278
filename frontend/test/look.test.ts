// How the window looks and speaks: what is kept, what is shown, and that it changes live.
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import { beforeAll, describe, expect, test } from 'vitest'
import App from '../src/App.svelte'
import type { FakeApi } from '../src/api/fake'
import { levelChoices, zoneChoices } from '../src/lib/choices'
import { timeText, timeTitle } from '../src/lib/format'
import { isTimeZone } from '../src/lib/formats'
import { locale } from '../src/lib/locale.svelte'
import { SCALES, applyLook, firstWindowSettings, nextScale, readableSettings, rowHeight } from '../src/lib/window-settings'
import { Desk } from '../src/state/desk.svelte'
import { Look } from '../src/state/look.svelte'
import { Viewport } from '../src/state/viewport.svelte'
import { loadAhead } from '../src/views/shell/parts.svelte'
import { Gate, makeApi, sealedApi, settled } from './fakes'

beforeAll(() => loadAhead(async () => {}))

const refused = { code: 'disk_full', message: 'The disk is full.', hint: 'Make room.' }

describe('what was kept', () => {
  test('of another version, or by hand, is read value by value', () => {
    const odd = { language: 'de', theme: 'neon', contrast: 1, motion: 'none', scale: 1000, density: 'huge', dates: null, timeZone: 'Mars/Olympus', noLetters: 'yes', blur: 1, clearing: 45, quiet: 'no' }
    expect(readableSettings(odd)).toEqual(firstWindowSettings())
    expect(readableSettings({})).toEqual(firstWindowSettings())
    const good = { language: 'ka', theme: 'dark', contrast: 'high', motion: 'reduced', scale: 150, density: 'photo', dates: 'relative', timeZone: 'Asia/Tbilisi', noLetters: true, blur: true, clearing: 'off', quiet: true } as const
    expect(readableSettings(good)).toEqual(good)
    expect(readableSettings({ ...good, theme: 'neon' })).toEqual({ ...good, theme: '' })
  })

  test('an empty value is the default, so that a file without any says the same', () => {
    const empty = Object.entries(firstWindowSettings()).filter(([key]) => key !== 'scale')
    for (const [key, value] of empty) expect(Boolean(value), key).toBe(false)
    expect(readableSettings({ scale: 0 }).scale).toBe(100)
  })
})

describe('the page', () => {
  test('has the look that was chosen; the system’s wishes count too', () => {
    const root = document.createElement('html')
    applyLook(root, { ...firstWindowSettings(), theme: 'dark', density: 'photo', scale: 150 }, { contrast: false, reducedMotion: true })
    expect({ ...root.dataset }).toEqual({ theme: 'dark', density: 'photo', contrast: '', motion: 'reduced', blur: '' })
    expect([root.style.fontSize, root.style.getPropertyValue('--row')]).toEqual(['15px', '96px'])
    applyLook(root, { ...firstWindowSettings(), contrast: 'high', blur: true }, { contrast: false, reducedMotion: false })
    expect({ ...root.dataset }).toEqual({ theme: '', density: '', contrast: 'high', motion: '', blur: 'on' })
  })

  test('rows stand on whole pixels at every scale', () => {
    for (const scale of SCALES) expect(rowHeight({ ...firstWindowSettings(), scale }) % 1).toBe(0)
    expect([nextScale(100, 1), nextScale(100, -1), nextScale(200, 1), nextScale(80, -1)]).toEqual([110, 90, 200, 80])
  })

  test('rows of another height keep the row at the top', async () => {
    const view = new Viewport()
    view.rows = 1_000_000
    for (const row of [0, 7, 400_000, 999_900]) {
      await view.resize(44)
      view.anchor(row * 44)
      for (const height of [64, 32, 88, 44]) {
        await view.resize(height)
        expect(view.offset / height).toBeCloseTo(row, 6)
      }
    }
  })
})

describe('a change', () => {
  test('shows at once and is kept; of many the last', async () => {
    const gate = new Gate()
    const api = makeApi()
    const saved: number[] = []
    api.saveWindowSettings = async ({ scale }) => {
      saved.push(scale)
      await gate.passed
    }
    const look = new Look(api, () => {})
    const changes = [look.zoom(1), look.zoom(1), look.zoom(1)]
    expect(look.values.scale).toBe(150)
    await settled()
    gate.open()
    await Promise.all(changes)
    await settled()
    expect(saved.at(-1)).toBe(150)
    expect(saved.length).toBeLessThan(3)
  })

  test('that cannot be kept stays on show, and can be tried again', async () => {
    const api = makeApi()
    const retries: (() => void)[] = []
    const look = new Look(api, (error, retry) => {
      expect(error).toEqual(refused)
      retries.push(retry)
    })
    api.failNext.saveWindowSettings = refused
    await look.change({ theme: 'dark' })
    expect([look.values.theme, api.window.theme]).toEqual(['dark', undefined])
    retries[0]!()
    await settled()
    expect(api.window.theme).toBe('dark')
  })

  test('settings that cannot be read are the defaults', async () => {
    const api = makeApi()
    api.window = { theme: 'dark' }
    api.failNext.windowSettings = refused
    const look = new Look(api, () => {})
    await look.read()
    expect(look.values).toEqual(firstWindowSettings())
  })
})

describe('times', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  const text = '2026-11-22T11:00:00Z'

  test('are absolute with the relative one and the zone on hover, or the other way round', () => {
    locale.timeZone = 'Asia/Tbilisi'
    expect([timeText(text, now), timeTitle(text, now)]).toEqual(['22 Nov 2026, 15:00', '1 hour ago · Georgia Standard Time'])
    locale.relative = true
    expect([timeText(text, now), timeTitle(text, now)]).toEqual(['1 hour ago', '22 Nov 2026, 15:00, Georgia Standard Time'])
  })

  test('in every zone that can be chosen', () => {
    const zones = zoneChoices().map(({ value }) => value)
    expect(zones.slice(0, 2)).toEqual(['', 'UTC'])
    expect(zones).toContain('Asia/Tbilisi')
    expect([isTimeZone('UTC'), isTimeZone(''), isTimeZone('Mars/Olympus')]).toEqual([true, false, false])
  })
})

test('match levels are told with their rates; a vendor’s own stays one of them', () => {
  expect(levelChoices(5).map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(levelChoices(5)[5]!.text).toContain('1/10,000')
  expect(levelChoices(9).at(-1)).toEqual({ value: 9, text: '9 – no published rate' })
})

describe('in the window', () => {
  async function open(api: FakeApi = sealedApi(50)): Promise<UserEvent> {
    const desk = new Desk(api)
    await desk.look.read()
    render(App, { desk })
    await settled()
    return userEvent.setup()
  }

  async function openSettings(user: UserEvent): Promise<void> {
    await user.keyboard('{Control>},{/Control}')
    await user.click(await screen.findByRole('tab', { name: 'This window' }))
  }

  test('the language is switched live, everywhere, and the page says which it is', async () => {
    const api = sealedApi(50)
    const user = await open(api)
    expect(document.documentElement.lang).toBe('en-GB')
    await openSettings(user)
    await user.selectOptions(screen.getByLabelText('Language'), 'ქართული')
    await screen.findByRole('dialog', { name: 'პარამეტრები' })
    expect(document.documentElement.lang).toBe('ka')
    await waitFor(() => expect(api.window.language).toBe('ka'))
    await user.keyboard('{Escape}')
    expect((await screen.findByRole('grid')).getAttribute('aria-label')).toBe('სესიები')
    expect(screen.getByRole('columnheader', { name: 'გვარი' })).toBeDefined()
    expect(screen.getAllByText(/^\d\d (იან|თებ|მარ|აპრ|მაი|ივნ|ივლ|აგვ|სექ|ოქტ|ნოე|დეკ)\. 20\d\d, \d\d:\d\d$/).length).toBeGreaterThan(5)
    expect(screen.getByText('50 სესია', { selector: '.count' })).toBeDefined()
  })

  test('what was chosen is there from the first frame on, also before the archive is open', async () => {
    const api = sealedApi(50)
    api.window = { language: 'ru', theme: 'dark', scale: 125, density: 'compact' }
    api.vault.close('idle')
    await open(api)
    expect(screen.getByRole('heading', { name: 'Veridesk заблокирован' })).toBeDefined()
    expect({ ...document.documentElement.dataset }).toMatchObject({ theme: 'dark', density: 'compact' })
    expect(document.documentElement.style.getPropertyValue('--row')).toBe('40px')
  })

  test('before the archive is open language and theme are within reach', async () => {
    const api = sealedApi(50)
    api.vault.close('user')
    const user = await open(api)
    await user.selectOptions(screen.getByLabelText('Language'), 'Русский')
    await screen.findByRole('heading', { name: 'Veridesk заблокирован' })
    await user.selectOptions(screen.getByLabelText('Тема'), 'Тёмная')
    expect(document.documentElement.dataset['theme']).toBe('dark')
    await waitFor(() => expect(api.window).toMatchObject({ language: 'ru', theme: 'dark' }))
  })

  test('scale and rows: the list counts with the same height', async () => {
    const api = sealedApi(50)
    const user = await open(api)
    await user.keyboard('{Control>}={/Control}{Control>}+{/Control}')
    await waitFor(() => expect(api.window.scale).toBe(125))
    expect(document.documentElement.style.fontSize).toBe('12.5px')
    const second = document.querySelector<HTMLElement>('[data-row="1"]')!
    expect(second.style.transform).toBe('translateY(55px)')
    await user.keyboard('{Control>}0{/Control}')
    await waitFor(() => expect(second.style.transform).toBe('translateY(44px)'))
  })

  test('a choice that cannot be kept is told, and Retry keeps it', async () => {
    const api = sealedApi(50)
    const user = await open(api)
    api.failNext.saveWindowSettings = refused
    await user.keyboard('{Control>}={/Control}')
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.')
    await user.click(screen.getByRole('button', { name: 'Retry' }))
    await waitFor(() => expect(api.window.scale).toBe(110))
  })

  test('the accepted match level is the archive’s: what is under it is marked, in words too', async () => {
    const api = sealedApi(50)
    const user = await open(api)
    const marked = (): number => screen.queryAllByRole('img', { name: /under the accepted level/ }).length
    await user.keyboard('{Control>},{/Control}')
    await user.selectOptions(screen.getByLabelText('Accepted match level'), '7 – false acceptance rate 1/500,000')
    expect(screen.getByText('Data folder: /home/ana/veridesk')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(api.vault.settings.acceptedLevel).toBe(7))
    await user.keyboard('{Escape}')
    await waitFor(() => expect(marked()).toBeGreaterThan(3))
    const strict = marked()
    await user.keyboard('{Control>},{/Control}')
    await user.selectOptions(screen.getByLabelText('Accepted match level'), 'None')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await user.keyboard('{Escape}')
    await waitFor(() => expect(marked()).toBe(0))
    expect(strict).toBeGreaterThan(0)
  })

  test('what is typed in the archive’s settings is there when one comes back to them', async () => {
    const user = await open()
    await user.keyboard('{Control>},{/Control}')
    await user.type(screen.getByRole('textbox', { name: /Keep sessions/ }), '5')
    await user.click(screen.getByRole('tab', { name: 'This window' }))
    await user.click(screen.getByRole('tab', { name: 'This archive' }))
    expect(screen.getByRole('textbox', { name: /Keep sessions/ })).toHaveProperty('value', '5')
  })
})
