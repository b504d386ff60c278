// The face in a row: while somebody types another one waits, and none stays that is somebody else's.
import { render, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import Avatar from '../src/components/Avatar.svelte'
import { Sessions } from '../src/state/sessions.svelte'
import { makeApi } from './fakes'

test('another photo waits while it is told to; the one that is here stays', async () => {
  const person = { sessionId: 's', firstName: 'Ana', lastName: 'Beridze' }
  const { rerender, container } = render(Avatar, { ...person, photo: '/photo/1' })
  const shown = (): string | null | undefined => container.querySelector('img')?.getAttribute('src')
  expect(shown()).toBe('/photo/1')
  await rerender({ ...person, photo: '/photo/1', waits: true })
  expect(shown()).toBe('/photo/1')
  await rerender({ ...person, photo: '/photo/2', waits: true })
  expect(shown()).toBeUndefined()
  await rerender({ ...person, photo: '/photo/2', waits: false })
  expect(shown()).toBe('/photo/2')
})

test('typing is over by itself', async () => {
  const list = new Sessions(makeApi())
  expect(list.typing).toBe(false)
  void list.search('n')
  expect(list.typing).toBe(true)
  await waitFor(() => expect(list.typing).toBe(false))
})
