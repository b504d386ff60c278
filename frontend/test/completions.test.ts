// What the search box offers: keys of qualifiers and their values, never in the way of typing.
import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import { beforeAll, describe, expect, test } from 'vitest'
import App from '../src/App.svelte'
import { today } from '../src/lib/dates'
import { completed, completionsAt } from '../src/lib/completions'
import { noFacets } from '../src/lib/idv'
import type { Facets } from '../src/lib/idv'
import { KEYS, parse } from '../src/lib/qualifiers'
import { Desk } from '../src/state/desk.svelte'
import { loadAhead } from '../src/views/shell/parts.svelte'
import { makeApi, settled } from './fakes'

const facets: Facets = {
  ...noFacets(),
  outcomes: [{ value: 'failed', count: 12 }, { value: 'pending', count: 3 }, { value: '', count: 1 }],
  countries: [{ value: 'GE', count: 9 }, { value: 'United Kingdom', count: 4 }, { value: '', count: 2 }, { value: 'a,b', count: 1 }],
  matches: [{ value: '7', count: 5 }, { value: '0', count: 2 }],
}
const texts = (text: string, at = text.length): string[] => completionsAt(text, at, facets).items.map((item) => item.text)

describe('what may follow', () => {
  test('a key that is begun, from three letters on, wherever it stands', () => {
    expect(texts('sta')).toEqual(['status:'])
    expect(texts('nino LEV')).toEqual(['level:'])
    expect(texts('sta beridze', 3)).toEqual(['status:'])
    for (const text of ['', 'st', 'nino', 'nino ', '"sta', 'xsta']) expect(texts(text), text).toEqual([])
    expect(texts('status', 3)).toEqual([])
  })

  test('the values of a key, with their counts', () => {
    expect(texts('status:')).toEqual(['verified', 'failed', 'rejected', 'pending', 'unfinished'])
    expect(completionsAt('status:', 7, facets).items.map(({ count }) => count)).toEqual([0, 12, 0, 3, 0])
    expect(completionsAt('status:', 7, null).items.map(({ count }) => count)).toEqual([-1, -1, -1, -1, -1])
    expect(texts('Status:PE')).toEqual(['pending'])
    expect(texts('status:failed,p')).toEqual(['pending'])
    expect(texts('status:failed,')).not.toContain('failed')
    expect(texts('country:')).toEqual(['GE', '"United Kingdom"', 'none'])
    expect(texts('country:"uni')).toEqual(['"United Kingdom"'])
    expect(texts('level:')).toEqual(['1', '2', '3', '4', '5', '6', '7', 'none'])
    expect(completionsAt('level:', 6, facets).items.at(-1)!.count).toBe(2)
    for (const text of ['status:failed', 'from:', 'nothing:', 'status:failed ']) expect(texts(text), text).toEqual([])
  })

  test('takes the place of what was begun; after a value something else may follow', () => {
    const take = (text: string, at = text.length): { text: string; at: number } => {
      const found = completionsAt(text, at, facets)
      return completed(text, found, found.items[0]!)
    }
    expect(take('nino sta')).toEqual({ text: 'nino status:', at: 12 })
    expect(take('status:fa')).toEqual({ text: 'status:failed ', at: 14 })
    expect(take('country:"uni')).toEqual({ text: 'country:"United Kingdom" ', at: 25 })
    expect(take('status:failed,pe nino', 16)).toEqual({ text: 'status:failed,pending nino', at: 21 })
  })

  test('every value that is offered is understood', () => {
    const setting = { zone: 'UTC', today: today('UTC'), facets }
    for (const key of KEYS) for (const value of texts(`${key}:`)) expect(parse(`${key}:${value}`, setting).faults, `${key}:${value}`).toEqual([])
  })
})

describe('the search box', () => {
  beforeAll(() => loadAhead(async () => {}))

  async function open(): Promise<{ user: UserEvent; desk: Desk; box: HTMLInputElement }> {
    const api = makeApi()
    api.origin = { kind: 'demo', address: '', needsKey: false }
    api.grow(100)
    const desk = new Desk(api)
    render(App, { desk })
    await settled()
    const box = screen.getByRole('combobox', { name: 'Search sessions' }) as HTMLInputElement
    box.focus()
    return { user: userEvent.setup(), desk, box }
  }
  const list = (): HTMLElement | null => screen.queryByRole('listbox', { name: 'What may follow' })

  test('UX-7 4: sta, arrow, Enter, a value by Tab: the filter is there', async () => {
    const { user, desk, box } = await open()
    await user.keyboard('sta')
    expect(box.getAttribute('aria-expanded')).toBe('true')
    expect(box.getAttribute('aria-controls')).toBe(list()!.id)
    expect(box.hasAttribute('aria-activedescendant')).toBe(false)
    await user.keyboard('{ArrowDown}{Enter}')
    expect(box.value).toBe('status:')
    await user.keyboard('{ArrowDown}{ArrowDown}')
    const active = document.getElementById(box.getAttribute('aria-activedescendant')!)!
    expect(active.getAttribute('aria-selected')).toBe('true')
    expect(active.textContent).toMatch(/^failed Failed ?\d+$/)
    await user.keyboard('{Tab}')
    expect(box.value).toBe('status:failed ')
    expect(document.activeElement).toBe(box)
    expect(list()).toBeNull()
    await waitFor(() => expect(desk.sessions.shown.filter.outcomes).toEqual(['failed']))
  })

  test('it is not in the way: Enter, Tab and Esc mean what they always do until an offer is chosen', async () => {
    const { user, desk, box } = await open()
    await user.keyboard('lev')
    expect(list()).not.toBeNull()
    await user.keyboard('an')
    expect(list()).toBeNull()
    await user.keyboard('{Escape}lev{Enter}')
    expect(list()).toBeNull()
    expect(box.value).toBe('lev')
    await user.keyboard('{Backspace}v{Escape}')
    expect(list()).toBeNull()
    expect(box.value, 'the first Esc only closes').toBe('lev')
    await user.keyboard('{Escape}')
    expect(box.value).toBe('')
    await user.keyboard('lev{Tab}')
    expect(document.activeElement).not.toBe(box)
    expect(list()).toBeNull()
    expect(desk.sessions.text).toBe('lev')
  })

  test('an offer can be clicked, and the box keeps the focus', async () => {
    const { user, box } = await open()
    await user.keyboard('doc')
    await user.click(screen.getByRole('option', { name: /^doc:/ }))
    expect(box.value).toBe('doc:')
    await user.click((await screen.findAllByRole('option'))[0]!)
    expect(box.value).toMatch(/^doc:\S+ $/)
    expect(document.activeElement).toBe(box)
  })
})
