// Settings: a line of help for each, back to the usual value, blurred photos, the data folder.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import App from '../src/App.svelte'
import type { FakeApi } from '../src/api/fake'
import { firstSettings, noJob } from '../src/lib/idv'
import { firstWindowSettings, readableSettings } from '../src/lib/window-settings'
import { syncState, syncWord } from '../src/lib/words'
import { Desk } from '../src/state/desk.svelte'
import { sealedApi, settled } from './fakes'

async function open(page: 'main' | 'window'): Promise<{ api: FakeApi; desk: Desk; user: UserEvent; dialog: HTMLElement }> {
  const api = sealedApi(3)
  const desk = new Desk(api)
  render(App, { desk })
  await settled()
  desk.openSettings(page)
  return { api, desk, user: userEvent.setup(), dialog: await screen.findByRole('dialog') }
}

test('each setting of the window has its line of help, and goes back to its usual value', async () => {
  const { api, desk, user, dialog } = await open('window')
  const fields = [...within(dialog).getAllByRole('combobox'), ...within(dialog).getAllByRole('checkbox')]
  expect(fields).toHaveLength(12)
  for (const field of fields) {
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent, field.outerHTML).toMatch(/\w/)
  }
  expect(within(dialog).queryByRole('button', { name: /^Reset/ })).toBeNull()
  await user.selectOptions(within(dialog).getByLabelText('Size'), '150 %')
  await user.click(await within(dialog).findByRole('button', { name: 'Reset: Size' }))
  await waitFor(() => expect(desk.look.values.scale).toBe(100))
  await waitFor(() => expect(api.window).toEqual(firstWindowSettings())) // it shows first, and is kept then
})

test('a setting of the archive goes back to its usual value, and is kept when it is saved', async () => {
  const { api, user, dialog } = await open('main')
  expect(within(dialog).queryByRole('button', { name: /^Reset/ })).toBeNull()
  const lock = within(dialog).getByLabelText('Lock after')
  expect(document.getElementById(lock.getAttribute('aria-describedby')!)?.textContent).toMatch(/last key or click/)
  await user.selectOptions(lock, 'Never')
  await user.click(within(dialog).getByRole('checkbox', { name: /screen/ }))
  await user.click(within(dialog).getByRole('button', { name: 'Reset: Lock after' }))
  expect(document.activeElement).toBe(lock)
  await user.click(within(dialog).getByRole('button', { name: /^Reset: / }))
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  await within(dialog).findByText('Saved.')
  expect((await api.state()).settings).toEqual(firstSettings())
})

test('how long a copied text stays is a setting of the window', async () => {
  const { api, desk, user, dialog } = await open('window')
  await user.selectOptions(within(dialog).getByLabelText('Clear the clipboard'), 'After 120 seconds')
  await waitFor(() => expect(api.window.clearing).toBe('120'))
  expect(desk.clipboard.kept()).toBe(120)
  await user.click(await within(dialog).findByRole('button', { name: 'Reset: Clear the clipboard' }))
  await waitFor(() => expect(desk.clipboard.kept()).toBe(60))
})

test('photos are blurred by a setting that is kept, also by its command', async () => {
  const { api, desk, user, dialog } = await open('window')
  await user.click(within(dialog).getByLabelText('Blur photos'))
  await waitFor(() => expect(api.window.blur).toBe(true))
  expect(document.documentElement.dataset['blur']).toBe('on')
  desk.commands.run('blur')
  await waitFor(() => expect(document.documentElement.dataset['blur']).toBe(''))
  expect(readableSettings({ blur: 'yes' }).blur).toBe(false)
})

test('the data folder is named with its size, and shown', async () => {
  const { api, user, dialog } = await open('main')
  expect(within(dialog).getByText('Data folder: /home/ana/veridesk')).toBeDefined()
  expect(await within(dialog).findByText('Size: 1 MB.')).toBeDefined()
  await user.click(within(dialog).getByRole('button', { name: 'Show in folder' }))
  expect(api.shown).toBe(1)
  api.failNext.showData = { code: 'invalid', message: 'The file manager could not be started.', hint: 'The place is /home/ana/veridesk.' }
  await user.click(within(dialog).getByRole('button', { name: 'Show in folder' }))
  expect((await within(dialog).findByRole('alert')).textContent).toContain('The place is /home/ana/veridesk.')
})

test('a portal that cannot be reached is no failure of the archive', () => {
  const ended = (code: string) => ({ ...noJob(), id: 1, error: { code, message: '', hint: '' } })
  expect(syncState(ended('unreachable'), '')).toBe('offline')
  expect(syncState(ended('refused'), '')).toBe('failed')
  expect(syncState(ended('cancelled'), '')).toBe('cancelled')
  expect(syncWord('offline')).toContain('The list still works')
})
