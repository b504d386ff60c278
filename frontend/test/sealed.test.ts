// Protection, lock, settings and erasing as a person meets them, on the archive in memory.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import { beforeAll, describe, expect, test } from 'vitest'
import App from '../src/App.svelte'
import type { FakeApi } from '../src/api/fake'
import { FAKE_CODES } from '../src/api/fake-vault'
import { Desk } from '../src/state/desk.svelte'
import { loadAhead } from '../src/views/shell/parts.svelte'
import { freshApi, sealedApi, settled } from './fakes'

beforeAll(() => loadAhead(async () => {}))

async function open(api: FakeApi): Promise<UserEvent> {
  render(App, { desk: new Desk(api) })
  await settled()
  return userEvent.setup()
}

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Sessions' })
const rowAt = (number: number): HTMLElement => grid().querySelector(`[aria-rowindex="${number + 1}"]`)!
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name })
const press = async (user: UserEvent, name: string | RegExp): Promise<void> => user.click(button(name))
const dialog = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('dialog', { name })
const passphrase = (): HTMLElement => screen.getByLabelText('Passphrase')

async function typeTwice(user: UserEvent, label: string, text: string, again = text): Promise<void> {
  await user.clear(screen.getByLabelText(label))
  await user.type(screen.getByLabelText(label), text)
  await user.clear(screen.getByLabelText('The same again'))
  await user.type(screen.getByLabelText('The same again'), again)
}

/** As far as the recovery code of a new archive. */
async function protect(user: UserEvent, choice: string): Promise<void> {
  await user.click(screen.getByRole('radio', { name: choice }))
  await press(user, 'Continue')
  await typeTwice(user, 'Passphrase', 'open sesame')
  await press(user, 'Create the archive')
  await screen.findByRole('heading', { name: 'Write down the recovery code' })
}

describe('a new archive', () => {
  test('portal: passphrase twice, the code once, then the connection', async () => {
    const api = freshApi()
    const user = await open(api)
    await protect(user, 'Connect to your portal')
    for (const group of FAKE_CODES[0]!.split('-')) expect(screen.getAllByText(group).length).toBe(14)
    expect(button('Continue')).toHaveProperty('disabled', true)
    await press(user, 'Copy')
    expect(api.clipboard).toBe(FAKE_CODES[0])
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('clear it'))
    await press(user, 'Print…')
    expect(api.printed).toBe(1)
    await user.click(screen.getByRole('checkbox', { name: 'I have written it down' }))
    await press(user, 'Continue')
    expect(document.body.textContent).not.toContain('A1B2')
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Address' }))
    await user.type(screen.getByRole('textbox', { name: 'Address' }), 'https://api.portal.example')
    await user.type(screen.getByLabelText('Secret key'), 'right')
    await press(user, 'Connect')
    await waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('501'))
    expect(api.vault).toMatchObject({ passphrase: 'open sesame', code: FAKE_CODES[0] })
    expect(screen.queryByText(/Demo archive/)).toBeNull()
  })

  test('CSV: the file is chosen after the archive is sealed', async () => {
    const api = freshApi()
    const user = await open(api)
    await protect(user, 'Import a CSV export')
    await user.click(screen.getByRole('checkbox'))
    await press(user, 'Continue')
    expect(screen.getByRole('radio', { name: 'Import a CSV export' })).toHaveProperty('checked', true)
    await press(user, 'Choose a file…')
    await waitFor(() => expect(grid()).toBeDefined())
    expect(api.origin.kind).toBe('csv')
  })

  test('a passphrase that is too short, or typed otherwise, is told of where it stands', async () => {
    const user = await open(freshApi())
    await user.click(screen.getByRole('radio', { name: 'Connect to your portal' }))
    await press(user, 'Continue')
    expect(document.activeElement).toBe(passphrase())
    await typeTwice(user, 'Passphrase', 'short')
    expect(screen.getByText('Too short')).toBeDefined()
    await press(user, 'Create the archive')
    expect(screen.getByRole('alert').textContent).toContain('at least 8 characters')
    expect(document.activeElement).toBe(passphrase())
    expect(passphrase().getAttribute('aria-invalid')).toBe('true')
    await typeTwice(user, 'Passphrase', 'lamp orbit seven crate moss', 'lamp orbit')
    expect(screen.getByText('Strong')).toBeDefined()
    await press(user, 'Create the archive')
    expect(screen.getByRole('alert').textContent).toContain('not the same')
    expect(document.activeElement).toBe(screen.getByLabelText('The same again'))
  })

  test('the field takes a paste, shows what is in it, tells password managers, and of Caps Lock', async () => {
    const user = await open(freshApi())
    await user.click(screen.getByRole('radio', { name: 'Connect to your portal' }))
    await press(user, 'Continue')
    await user.paste('pasted secret')
    expect(passphrase()).toMatchObject({ value: 'pasted secret', type: 'password' })
    expect(passphrase().getAttribute('autocomplete')).toBe('new-password')
    await press(user, 'Show the passphrase')
    expect([passphrase(), screen.getByLabelText('The same again')].map((field) => field.getAttribute('type'))).toEqual(['text', 'text'])
    await user.click(passphrase())
    await user.keyboard('{CapsLock}a')
    expect(screen.getByText('Caps Lock is on')).toBeDefined()
    await user.keyboard('{CapsLock}b')
    expect(screen.queryByText('Caps Lock is on')).toBeNull()
  })

  test('the keychain alone only after its warning, and only where there is one', async () => {
    const api = freshApi()
    const user = await open(api)
    await user.click(screen.getByRole('radio', { name: 'Connect to your portal' }))
    await press(user, 'Continue')
    await press(user, /Use the system keychain only/)
    expect(screen.getByRole('alert').textContent).toContain('Whoever can use your account')
    expect(document.activeElement).toBe(button('Choose a passphrase instead'))
    await press(user, 'Use the keychain only')
    await screen.findByRole('heading', { name: 'Write down the recovery code' })
    expect(api.vault.account.kind).toBe('keychain')
  })

  test('no keychain, no such offer', async () => {
    const api = freshApi()
    api.vault.set({ keychain: false })
    const user = await open(api)
    await user.click(screen.getByRole('radio', { name: 'Connect to your portal' }))
    await press(user, 'Continue')
    expect(passphrase()).toBeDefined()
    expect(screen.queryByRole('button', { name: /keychain/ })).toBeNull()
  })

  test('a code that the lock took away unconfirmed: a new one can be made', async () => {
    const api = freshApi()
    const user = await open(api)
    await protect(user, 'Connect to your portal')
    api.vault.close('idle')
    await user.type(await screen.findByLabelText('Passphrase'), 'open sesame{Enter}')
    await press(user, await screen.findByRole('button', { name: 'New recovery code…' }).then(() => 'New recovery code…'))
    await user.type(within(await dialog('New recovery code')).getByLabelText('Passphrase'), 'open sesame{Enter}')
    const shown = await dialog('Write down the recovery code')
    expect(within(shown).getAllByText('C3D4')).toHaveLength(14)
    await user.click(within(shown).getByRole('checkbox'))
    await user.click(within(shown).getByRole('button', { name: 'Continue' }))
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.queryByText(/Nobody has confirmed/)).toBeNull()
  })
})

describe('the lock', () => {
  const lockKeys = '{Control>}{Shift>}L{/Shift}{/Control}'

  test('by keys: no name or number stays in the page; unlocked, all is where it was', async () => {
    const user = await open(sealedApi(5000))
    await user.type(screen.getByRole('combobox', { name: 'Search sessions' }), 'nino')
    await waitFor(() => expect(within(rowAt(1)).getByText('NINO')).toBeDefined())
    await user.keyboard('{ArrowDown}jjj')
    await settled()
    const before = rowAt(4).textContent
    const traces = before!.match(/[A-Z]{3,}|\p{Script=Georgian}{3,}|\d{6,}|[0-9a-f]{8}/gu)!
    expect(traces.length).toBeGreaterThan(2)
    await user.keyboard(lockKeys)
    await settled()
    for (const trace of [...traces, 'nino', 'NINO']) expect(document.documentElement.outerHTML).not.toContain(trace)
    expect(screen.getByRole('heading', { name: 'Veridesk is locked' })).toBeDefined()
    expect(screen.getByText('It was locked by hand.')).toBeDefined()
    expect(document.activeElement).toBe(passphrase())
    await user.keyboard('open sesame{Enter}')
    await waitFor(() => expect(rowAt(4).textContent).toBe(before))
    expect(document.activeElement).toBe(rowAt(4))
    expect(screen.getByRole('combobox', { name: 'Search sessions' })).toHaveProperty('value', 'nino')
  })

  test.each(['erase', 'menu', 'settings'])('takes an open %s away too', async (what) => {
    const api = sealedApi()
    const user = await open(api)
    await user.keyboard('/{ArrowDown}')
    await settled()
    if (what === 'erase') await user.keyboard('{Delete}')
    if (what === 'menu') await user.click(within(rowAt(1)).getByRole('button'))
    if (what === 'settings') await user.keyboard('{Control>},{/Control}')
    await settled()
    expect(document.querySelector('[role=dialog], [role=menu]')).not.toBeNull()
    api.vault.close('screen')
    await settled()
    expect(document.querySelector('[role=dialog], [role=menu], [role=grid]')).toBeNull()
    expect(screen.getByText('It was locked together with the screen.')).toBeDefined()
  })

  test('the button says when it locks by itself, and locks', async () => {
    const user = await open(sealedApi())
    await press(user, 'Locks in 5 min')
    await screen.findByRole('heading', { name: 'Veridesk is locked' })
  })

  test('whoever is at the window is heard of', async () => {
    const api = sealedApi()
    const user = await open(api)
    await user.keyboard('/nino')
    await user.click(screen.getByRole('combobox', { name: 'Search sessions' }))
    expect(api.vault.touches).toBe(1)
  })
})

describe('the locked window', () => {
  const locked = (api = sealedApi()): FakeApi => {
    api.vault.close('idle')
    return api
  }

  test('a wrong passphrase: one sentence, the field marked, then a pause that is counted', async () => {
    const user = await open(locked())
    expect(screen.getByText('It was locked because nobody used it for a while.')).toBeDefined()
    expect(passphrase().getAttribute('autocomplete')).toBe('current-password')
    await press(user, 'Unlock')
    expect(screen.getByRole('alert').textContent).toBe('Type the passphrase.')
    for (const attempt of ['wrong', 'worse', 'worst']) {
      await user.clear(passphrase())
      await user.type(passphrase(), `${attempt}{Enter}`)
      await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('does not open the archive'))
      await settled()
      expect(document.activeElement).toBe(passphrase())
    }
    expect(screen.getByRole('timer').textContent).toMatch(/next try is possible in \d s/)
    expect(button('Unlock')).toHaveProperty('disabled', true)
  })

  test('forgotten: the code and a new passphrase; a slip and another code are told apart', async () => {
    const api = locked()
    api.vault.code = FAKE_CODES[0]!
    const user = await open(api)
    await press(user, 'Forgot the passphrase?')
    const code = screen.getByLabelText('Recovery code')
    expect(document.activeElement).toBe(code)
    await user.type(code, 'A1B2 C3D4')
    await press(user, 'Open and set the passphrase')
    expect(screen.getByRole('alert').textContent).toBe('The code has 56 characters; 8 are here.')
    const enter = async (text: string): Promise<void> => {
      await user.clear(code)
      await user.click(code)
      await user.paste(text)
      await typeTwice(user, 'New passphrase', 'another sesame')
      await press(user, 'Open and set the passphrase')
      await settled()
    }
    await enter(FAKE_CODES[0]!.replace('A', 'B'))
    expect(screen.getByRole('alert').textContent).toContain('typing mistake')
    await enter(FAKE_CODES[1]!)
    expect(screen.getByRole('alert').textContent).toContain('another archive')
    await enter(FAKE_CODES[0]!)
    await waitFor(() => expect(grid()).toBeDefined())
    expect(api.vault.passphrase).toBe('another sesame')
  })

  test('neither: what is lost, the word, and a first run', async () => {
    const api = locked()
    const user = await open(api)
    await press(user, 'Forgot the passphrase?')
    await press(user, 'Delete this copy and sync again')
    expect(screen.getByText(/as far as the portal still has them/)).toBeDefined()
    expect(screen.getByText(/erased since.*photos.*settings.*holds/)).toBeDefined()
    const word = screen.getByLabelText('Type DELETE to go on')
    expect(document.activeElement).toBe(word)
    await user.type(word, 'delete')
    expect(button('Delete this copy')).toHaveProperty('disabled', true)
    await user.clear(word)
    await user.type(word, 'DELETE{Enter}')
    await screen.findByRole('heading', { name: 'How do you want to start?' })
    expect(api.total).toBe(0)
  })

  test('of the keychain: one button; the code still helps', async () => {
    const api = sealedApi(6, '')
    api.vault.open('keychain')
    const user = await open(locked(api))
    expect(screen.queryByLabelText('Passphrase')).toBeNull()
    expect(button('Does the keychain not open it?')).toBeDefined()
    expect(document.activeElement).toBe(button('Unlock'))
    await user.keyboard('{Enter}')
    await waitFor(() => expect(grid()).toBeDefined())
  })
})

describe('a demo archive', () => {
  const demo = async (): Promise<{ api: FakeApi; user: UserEvent }> => {
    const api = freshApi()
    const user = await open(api)
    await press(user, 'Start with demo data')
    await waitFor(() => expect(grid()).toBeDefined())
    return { api, user }
  }

  test('says as long as it is open that anybody can open it, and leads to a protected one', async () => {
    const { api, user } = await demo()
    const banner = screen.getByText(/no passphrase, anybody can open it/).closest<HTMLElement>('[role=note]')!
    expect(banner.textContent).toContain('Keep only demo data in it.')
    expect(within(banner).getAllByRole('button')).toHaveLength(1)
    await user.click(within(banner).getByRole('button', { name: 'Start a protected archive' }))
    await user.click(within(await dialog('Start a protected archive')).getByRole('button', { name: 'Delete the demo and start' }))
    await screen.findByRole('heading', { name: 'How do you want to start?' })
    expect(screen.getByRole('radio', { name: 'Connect to your portal' })).toHaveProperty('checked', true)
    expect(api.total).toBe(0)
  })

  test('an import into it asks for a protected one, and then begins with the file', async () => {
    const { user } = await demo()
    await press(user, 'More ways to bring sessions in')
    await user.click(await screen.findByText('Import a CSV export…'))
    await user.click(within(await dialog('Start a protected archive')).getByRole('button', { name: 'Delete the demo and start' }))
    expect(await screen.findByRole('radio', { name: 'Import a CSV export' })).toHaveProperty('checked', true)
  })
})

describe('the settings', () => {
  const settings = async (api = sealedApi()): Promise<{ api: FakeApi; user: UserEvent; page: HTMLElement }> => {
    const user = await open(api)
    await user.keyboard('{Control>},{/Control}')
    return { api, user, page: await dialog('Settings') }
  }

  test('lock, screen sharing and years; erasing by age is confirmed with the day it reaches to', async () => {
    const sealed = sealedApi()
    sealed.vault.settings.photoHosts = ['photos.example']
    const { api, user, page } = await settings(sealed)
    const lock = within(page).getByLabelText('Lock after')
    expect(within(lock).getAllByRole('option').map((option) => option.textContent)).toEqual([
      ...['1 minute', '5 minutes', '10 minutes', '15 minutes', '30 minutes'].map((time) => `${time} without use`),
      'Never',
    ])
    await user.selectOptions(lock, 'Never')
    expect(within(page).getByText(/Whoever finds this computer on/)).toBeDefined()
    await user.click(within(page).getByRole('checkbox', { name: 'Hide from screen sharing' }))
    const years = within(page).getByLabelText(/Keep sessions for/)
    expect(years).toHaveProperty('value', '')
    await user.type(years, 'five')
    await user.click(within(page).getByRole('button', { name: 'Save' }))
    expect(within(page).getByRole('alert').textContent).toContain('whole number')
    await user.clear(years)
    await user.type(years, '5')
    expect(within(page).getByText(new RegExp(`completed before .*${new Date().getUTCFullYear() - 5}.*cannot be undone`))).toBeDefined()
    await user.click(within(page).getByRole('button', { name: 'Save' }))
    expect(within(page).getByRole('alert').textContent).toContain('Confirm')
    expect(api.vault.settings.retentionYears).toBe(0)
    await user.click(within(page).getByRole('checkbox', { name: /Erase them/ }))
    await user.type(within(page).getByRole('textbox', { name: /Photos may also come from/ }), ', storage.example')
    await user.click(within(page).getByRole('button', { name: 'Save' }))
    await within(page).findByText('Saved.')
    expect(api.vault.settings).toEqual({ lockMinutes: 0, retentionYears: 5, acceptedLevel: 5, photoHosts: ['photos.example', 'storage.example'], contentProtection: false })
    expect(document.querySelector('footer')!.textContent).not.toContain('Locks in')
  })

  test('another passphrase needs the present one', async () => {
    const { api, user, page } = await settings()
    await user.click(within(page).getByRole('button', { name: 'Change passphrase…' }))
    const form = await dialog('Change the passphrase')
    expect(document.activeElement).toBe(within(form).getByLabelText('Present passphrase'))
    await user.type(within(form).getByLabelText('Present passphrase'), 'wrong')
    await typeTwice(user, 'New passphrase', 'another sesame')
    await user.click(within(form).getByRole('button', { name: 'Change the passphrase' }))
    await waitFor(() => expect(within(form).getByRole('alert').textContent).toContain('does not open'))
    expect(document.activeElement).toBe(within(form).getByLabelText('Present passphrase'))
    await user.keyboard('open sesame{Enter}')
    await within(form).findByText('The passphrase was changed.')
    expect(api.vault.passphrase).toBe('another sesame')
    await user.click(within(form).getByRole('button', { name: 'Back to the settings' }))
    await dialog('Settings')
  })

  test('a keychain archive gets its first passphrase without being asked for one', async () => {
    const api = sealedApi(6, '')
    api.vault.open('keychain')
    const { user, page } = await settings(api)
    await user.click(within(page).getByRole('button', { name: 'Set a passphrase…' }))
    expect(screen.queryByLabelText('Present passphrase')).toBeNull()
    await typeTwice(user, 'New passphrase', 'another sesame')
    await press(user, 'Change the passphrase')
    await screen.findByText('The passphrase was changed.')
    expect(api.vault.account.kind).toBe('passphraseKeychain')
  })

  test('a backup says where it went, or nothing when no place was chosen', async () => {
    const { api, user, page } = await settings()
    await user.click(within(page).getByRole('button', { name: 'Back up…' }))
    await within(page).findByText(/Backed up to \/home\/ana/)
    api.backup = async () => ''
    await user.click(within(page).getByRole('button', { name: 'Back up…' }))
    await waitFor(() => expect(within(page).queryByText(/Backed up to/)).toBeNull())
  })

  test('deleting the copy says what is lost and asks for the word', async () => {
    const { api, user, page } = await settings()
    await user.click(within(page).getByRole('button', { name: 'Delete this copy…' }))
    await user.type(screen.getByLabelText('Type DELETE to go on'), 'DELETE{Enter}')
    await screen.findByRole('heading', { name: 'How do you want to start?' })
    expect(api.vault.account.phase).toBe('new')
  })

  test('a gear leads there too', async () => {
    const user = await open(sealedApi())
    await press(user, 'Settings')
    await dialog('Settings')
  })
})

describe('single sessions', () => {
  const first = async (api = sealedApi()): Promise<{ api: FakeApi; user: UserEvent; n: number }> => {
    const user = await open(api)
    await user.keyboard('/{ArrowDown}')
    await settled()
    return { api, user, n: api.total - 1 }
  }
  const nameOf = (api: FakeApi, n: number): string => `${api.row(n).firstName} ${api.row(n).lastName}`

  test('Delete asks: who, what goes, what stays; then a tombstone says why', async () => {
    const { api, user, n } = await first()
    const { sessionId } = api.row(n)
    await user.keyboard('{Delete}')
    const asked = await dialog(`Erase ${nameOf(api, n)}?`)
    expect(within(asked).getByText(new RegExp(sessionId))).toBeDefined()
    expect(within(asked).getByText(/^Goes: .*photos/)).toBeDefined()
    expect(within(asked).getByText(/^Stays: .*does not bring the session back/)).toBeDefined()
    expect(document.activeElement).toBe(within(asked).getByRole('button', { name: 'Cancel' }))
    await user.click(within(asked).getByRole('button', { name: 'Erase this session' }))
    await waitFor(() => expect(within(rowAt(1)).getByText('Erased on request', { selector: '.erased' })).toBeDefined())
    // In the place of both names and of the document.
    expect(within(rowAt(1)).getAllByTitle('Erased on request')).toHaveLength(3)
    expect(rowAt(1).textContent).toContain('******')
    expect(within(rowAt(1)).queryByRole('button')).toBeNull()
    expect(within(rowAt(2)).getByRole('button')).toBeDefined()
    await user.keyboard('{Home}{Delete}')
    await settled()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('the row’s own menu is reached by Tab, and puts under hold; a held row is flagged and not erased', async () => {
    const { api, user, n } = await first()
    await user.tab()
    const more = within(rowAt(1)).getByRole('button', { name: `Actions for ${nameOf(api, n)}` })
    expect(document.activeElement).toBe(more)
    await user.keyboard('{Enter}')
    await user.click(await screen.findByText('Put under legal hold'))
    await waitFor(() => expect(within(rowAt(1)).getByTitle('Under legal hold: nothing erases it').textContent).toBe('Held'))
    await waitFor(() => expect(document.activeElement).toBe(rowAt(1)))
    await user.keyboard('{Delete}')
    const asked = await dialog(/^Erase/)
    expect(within(asked).getByText(/Lift the hold first/)).toBeDefined()
    expect(within(asked).queryByRole('button', { name: 'Erase this session' })).toBeNull()
    await user.click(within(asked).getByRole('button', { name: 'Cancel' }))
    await user.click(within(rowAt(1)).getByRole('button'))
    await user.click(await screen.findByText('Lift the legal hold'))
    await waitFor(() => expect(within(rowAt(1)).queryByText('Held')).toBeNull())
    expect(api.onHold.size).toBe(0)
  })

  test('the menu key opens the menu of its row, and Esc leads back', async () => {
    const { user } = await first()
    await fireEvent.contextMenu(rowAt(1))
    expect(await screen.findByText('Erase…')).toBeDefined()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByText('Erase…')).toBeNull())
    await waitFor(() => expect(document.activeElement).toBe(within(rowAt(1)).getByRole('button')))
    await fireEvent.contextMenu(rowAt(1))
    await user.click(await screen.findByText('Erase…'))
    const asked = await dialog(/^Erase/)
    await waitFor(() => expect(asked.contains(document.activeElement)).toBe(true))
    await user.click(within(asked).getByRole('button', { name: 'Erase this session' }))
    await waitFor(() => expect(within(rowAt(1)).getByText('Erased on request', { selector: '.erased' })).toBeDefined())
    await waitFor(() => expect(document.activeElement).toBe(rowAt(1)))
  })

  test('lifting a hold that alone keeps a session says so first', async () => {
    const api = sealedApi()
    const n = api.total - 1
    api.onHold.add(n)
    api.liquidated.add(n)
    const { user } = await first(api)
    await user.click(within(rowAt(1)).getByRole('button'))
    await user.click(await screen.findByText('Lift the legal hold'))
    await user.click(within(await dialog(/Lift the legal hold of/)).getByRole('button', { name: 'Lift the hold and erase' }))
    await waitFor(() => expect(within(rowAt(1)).getByText('Erased by the portal', { selector: '.erased' })).toBeDefined())
  })

  test('an erasing that fails is told in the dialog, and the session stays', async () => {
    const { api, user, n } = await first()
    api.failNext.erase = { code: 'disk_full', message: 'The disk is full.', hint: 'Nothing was erased.' }
    await user.keyboard('{Delete}')
    const asked = await dialog(/^Erase/)
    await user.click(within(asked).getByRole('button', { name: 'Erase this session' }))
    await waitFor(() => expect(within(asked).getByRole('alert').textContent).toContain('The disk is full.'))
    expect(api.row(n).erased).toBe('')
  })

  test('the kept selfie is shown by its address, initials where it cannot be had', async () => {
    const { api, n } = await first()
    const photo = rowAt(1).querySelector('img')!
    expect(photo.getAttribute('src')).toBe(`/photo/fake/${api.row(n).ordinal}/small/selfie-1`)
    expect([photo.getAttribute('loading'), photo.getAttribute('decoding')]).toEqual(['lazy', 'async'])
    await fireEvent.error(photo)
    expect(rowAt(1).querySelector('img')).toBeNull()
    expect(within(rowAt(1)).getByRole('img', { name: 'Selfie' }).textContent?.trim()).toMatch(/^\p{L}{2}$/u)
  })
})
