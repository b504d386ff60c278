// The parts of the window that come later: the first key or click that asks for one is enough.
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import type { Component } from 'svelte'
import { expect, test } from 'vitest'
import App from '../src/App.svelte'
import { Desk } from '../src/state/desk.svelte'
import Later from '../src/views/shell/Later.svelte'
import { Part, dialogs, palette } from '../src/views/shell/parts.svelte'
import { sealedApi } from './fakes'

/** A test compiles what a built window only loads. */
const compiled = { timeout: 60_000 }

test('a dialog that was never open: one key opens it, with the focus in it, and Esc leads back', async () => {
  expect(palette.view).toBeNull()
  render(App, { desk: new Desk(sealedApi(20)) })
  const user = userEvent.setup()
  const box = await screen.findByRole('combobox', { name: 'Search sessions' })
  box.focus()
  await user.keyboard('{Control>}k{/Control}')
  const dialog = await screen.findByRole('dialog', {}, compiled)
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(document.activeElement).toBe(box)
})

test('what was not asked for comes ahead, so that it opens at once', async () => {
  render(App, { desk: new Desk(sealedApi(20)) })
  await waitFor(() => expect(dialogs.view).not.toBeNull(), compiled)
})

test('a part that does not come is let go of, and asked for again', async () => {
  let failures = 0
  const part = new Part<{ text: string }>(async () => {
    if (failures === 0) throw new Error('gone')
    return (() => ({})) as unknown as Component<{ text: string }>
  })
  render(Later<{ text: string }>, { props: { part, props: { text: '' }, onfail: () => failures++ } })
  await waitFor(() => expect(failures).toBe(1))
  await part.load()
  expect(part.view).not.toBeNull()
})
