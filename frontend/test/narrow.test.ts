// The list with filters, orders, selection and saved views, on the archive in memory.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import type { UserEvent } from '@testing-library/user-event'
import { beforeAll, describe, expect, test } from 'vitest'
import App from '../src/App.svelte'
import type { FakeApi } from '../src/api/fake'
import { firstLayout, sized } from '../src/lib/columns'
import { noFilter, noSearch, queryOf } from '../src/lib/idv'
import type { AppError, Row, View } from '../src/lib/idv'
import { Clipboard } from '../src/state/clipboard.svelte'
import { Desk } from '../src/state/desk.svelte'
import { ListLayout } from '../src/state/layout.svelte'
import { Sessions } from '../src/state/sessions.svelte'
import { Undo } from '../src/state/undo.svelte'
import { Views } from '../src/state/views.svelte'
import { loadAhead } from '../src/views/shell/parts.svelte'
import { Gate, makeApi, sealedApi, settled } from './fakes'

beforeAll(() => loadAhead(async () => {}))

async function filled(sessions = 500): Promise<{ api: FakeApi; list: Sessions }> {
  const api = makeApi()
  const list = new Sessions(api, 0)
  api.grow(sessions)
  await list.ask()
  api.onStore(() => void list.storeMoved())
  return { api, list }
}

/** What the archive holds, by a rule of the test's own. */
const count = (api: FakeApi, rule: (row: Row) => boolean): number => Array.from({ length: api.total }, (_, n) => api.row(n)).filter(rule).length

describe('filters', () => {
  test('narrow exactly, together with the text', async () => {
    const { api, list } = await filled()
    await list.narrow({ ...noFilter(), outcomes: ['failed'], spoofs: ['lowFar'] })
    const rule = (row: Row): boolean => row.outcome === 'failed' && row.matchLevel > 0 && row.matchLevel < 5
    expect(list.total).toBe(count(api, rule))
    await list.search('nino')
    expect(list.total).toBe(count(api, (row) => rule(row) && row.firstName === 'NINO'))
  })

  test('typed and clicked ones add up, and become each other without another answer', async () => {
    const { list } = await filled()
    await list.narrow({ ...noFilter(), documents: ['ID'] })
    await list.search('level:<=3 nino')
    expect(list.wanted).toMatchObject({ text: 'nino', filter: { documents: ['ID'], matches: { max: 3 } } })
    const { shown } = list
    list.settle()
    expect([list.text, list.filter.matches.max]).toEqual(['nino', 3])
    list.spell()
    expect([list.text, list.filter]).toEqual(['doc:ID level:<=3 nino', noFilter()])
    expect(list.wanted).toEqual(shown)
  })

  test('who pastes an ID and presses Enter gets that session, not the one that was found before', async () => {
    const { api, list } = await filled()
    await list.search(api.row(7).sessionId)
    expect(list.total).toBe(1)
    const gate = new Gate()
    const find = api.find.bind(api)
    api.find = async (query) => (await gate.passed, find(query))
    void list.search(api.row(9).sessionId)
    const entered = list.findsOne()
    gate.open()
    expect([await entered, list.pages.row(0)?.ordinal]).toEqual([true, 9])
    const several = list.search('nino').then(() => list.findsOne())
    expect(await several).toBe(false)
    void list.search(api.row(3).sessionId)
    const overtaken = list.findsOne()
    void list.search(api.row(4).sessionId)
    expect(await overtaken, 'other text was typed meanwhile').toBe(false)
  })

  test('counts come after the rows, each under the other restrictions; those of before are said to be', async () => {
    const { api, list } = await filled()
    const stop = list.counts.watch()
    await settled()
    expect(list.counts.facets!.outcomes.find(({ value }) => value === 'failed')!.count).toBe(count(api, (row) => row.outcome === 'failed'))
    const gate = new Gate()
    const find = api.find.bind(api)
    api.find = async (query) => {
      if (query.facets) await gate.passed
      return find(query)
    }
    await list.narrow({ ...noFilter(), outcomes: ['failed'] })
    expect([list.total, list.counts.stale]).toEqual([count(api, (row) => row.outcome === 'failed'), true])
    gate.open()
    await settled()
    expect(list.counts.stale).toBe(false)
    expect(list.counts.facets!.outcomes.find(({ value }) => value === 'verified')!.count).toBe(count(api, (row) => row.outcome === 'verified'))
    stop()
  })

  test('the one that leaves out the most is named', async () => {
    const { api, list } = await filled()
    const filter = { ...noFilter(), outcomes: ['pending'], matches: { min: 7, max: 0, none: false } }
    await list.narrow(filter)
    expect(list.total).toBe(0)
    expect(await list.hindrance(list.shown)).toEqual({ part: { of: 'outcomes', value: 'pending' }, total: count(api, (row) => row.matchLevel >= 7) })
  })

  test('what comes in is counted under the filter, and moves no row', async () => {
    const { api, list } = await filled()
    await list.narrow({ ...noFilter(), documents: ['ID'] })
    list.activate(3)
    const before = [0, 1, 2, 3].map((i) => list.pages.row(i)?.ordinal)
    api.grow(100)
    await settled()
    expect(list.fresh).toBe(count(api, (row) => row.documentType === 'ID') - list.total)
    expect([0, 1, 2, 3].map((i) => list.pages.row(i)?.ordinal)).toEqual(before)
  })
})

describe('orders', () => {
  test('by any column, newest first among equals', async () => {
    const { list } = await filled()
    await list.order({ by: 'lastName', ascending: true })
    const rows = Array.from({ length: 100 }, (_, i) => list.pages.row(i)!)
    const expected = [...rows].sort((a, b) => (a.lastName === b.lastName ? b.ordinal - a.ordinal : a.lastName < b.lastName ? -1 : 1))
    expect(rows.map(({ ordinal }) => ordinal)).toEqual(expected.map(({ ordinal }) => ordinal))
  })

  test('in another order than newest first the active row stays where it is, and it is said what is new', async () => {
    const { api, list } = await filled()
    await list.order({ by: 'firstName', ascending: true })
    list.activate(2)
    const [active, offset] = [list.pages.row(2)!.ordinal, list.view.offset]
    api.grow(50)
    await settled()
    list.pages.want(0, 20)
    await settled()
    expect([list.fresh, list.view.offset - offset]).toEqual([50, (list.active - 2) * 44])
    expect(list.pages.row(list.active)!.ordinal).toBe(active)
    const { rows } = await api.find(queryOf(list.shown, 0, 550))
    const hidden = 550 - list.total
    expect(Array.from({ length: 20 }, (_, i) => list.pages.row(i)?.ordinal)).toEqual(rows.slice(hidden, hidden + 20).map((row) => row.ordinal))
    await list.showFresh()
    expect(list.total).toBe(550)
  })
})

describe('the selection', () => {
  test('of everything is a rule: what was ticked off is all it remembers', async () => {
    const { api, list } = await filled(5000)
    list.selection.takeAll()
    list.selection.toggle(list.pages.row(0)!)
    list.selection.toggle(list.pages.row(7)!)
    expect([list.ticked, list.selection.hand.size]).toEqual([4998, 2])
    const { total } = await api.find(list.selection.query(list.shown))
    expect(total).toBe(4998)
  })

  test('by hand and by range finds those alone; another search lets go of it, another order does not', async () => {
    const { api, list } = await filled()
    list.selection.toggle(list.pages.row(0)!)
    await list.selection.range(list.shown, 250, 240)
    expect(list.ticked).toBe(12)
    expect((await list.selection.rows(list.shown)).map(({ ordinal }) => ordinal)).toEqual([499, ...Array.from({ length: 11 }, (_, i) => 259 - i)])
    await list.order({ by: 'firstName', ascending: true })
    expect(list.ticked).toBe(12)
    expect((await api.find(list.selection.query(list.shown))).total).toBe(12)
    await list.search('nino')
    expect(list.ticked).toBe(0)
  })
})

test('columns and views that change quickly are kept as they are at last, whichever call takes longest', async () => {
  const api = makeApi()
  const first = new Gate()
  const kept = { layout: '', views: [] as string[] }
  let calls = 0
  api.saveLayout = async (layout) => {
    if (calls++ === 0) await first.passed
    kept.layout = layout
  }
  api.saveViews = async (views) => {
    if (calls++ === 1) await first.passed
    kept.views = views.map(({ name }) => name)
  }
  const fail = (error: AppError): never => expect.fail(error.message)
  const [layout, views] = [new ListLayout(api, fail), new Views(api, fail)]
  const view = (name: string): View => ({ ...noSearch(), id: name, name })
  await views.read()
  const changes = [layout.change(sized(firstLayout(), 'date', 20)), views.keep([view('a')]), layout.change(sized(firstLayout(), 'date', 30)), views.keep([view('a'), view('b')])]
  await settled()
  first.open()
  await Promise.all(changes)
  await settled()
  expect(kept).toEqual({ layout: JSON.stringify(layout.value), views: ['a', 'b'] })
  expect(layout.value.widths).toEqual({ date: 30 })
})

test('views that cannot be kept stay on show, and the retry keeps all that was changed until then', async () => {
  const api = makeApi()
  const [gate, save] = [new Gate(), api.saveViews.bind(api)]
  const retries: (() => void)[] = []
  const views = new Views(api, (_, retry) => retries.push(retry))
  const names = (list: View[]): string[] => list.map(({ name }) => name)
  await views.add('a', noSearch())
  api.saveViews = async () => {
    await gate.passed
    throw new Error('The disk is full.')
  }
  const adding = [views.add('b', noSearch()), views.add('c', noSearch())]
  gate.open()
  await Promise.all(adding)
  expect([names(views.list), names(api.kept.views), retries.length]).toEqual([['a', 'b', 'c'], ['a'], 1])
  api.saveViews = save
  const retry = async (): Promise<void> => {
    retries[0]!()
    await settled()
    expect(names(api.kept.views)).toEqual(names(views.list))
  }
  await retry()
  expect(names(api.kept.views)).toEqual(['a', 'b', 'c'])
  await views.add('d', noSearch())
  await retry()
  expect(names(api.kept.views)).toEqual(['a', 'b', 'c', 'd'])
})

test('views that could not be read are read before one is added: none takes the place of others', async () => {
  const api = makeApi()
  const old = { ...noSearch(), id: '1', name: 'old' }
  api.kept.views = [old]
  const retries: (() => void)[] = []
  const views = new Views(api, (_, retry) => retries.push(retry))
  const names = (): string[] => api.kept.views.map(({ name }) => name)
  const full = { code: 'internal', message: 'The disk does not answer.', hint: 'Try again.' }
  for (const call of [() => views.read(), () => views.add('new', noSearch())]) {
    api.failNext.views = full
    await call()
  }
  await views.keep([])
  expect([names(), retries.length]).toEqual([['old'], 2])
  retries[1]!()
  await waitFor(() => expect(names()).toEqual(['old', 'new']))
})

test('views that are dropped while they are read, or changed, do not come back', async () => {
  const api = makeApi()
  api.kept.views = [{ ...noSearch(), id: '1', name: 'one' }]
  const [gate, read] = [new Gate(), api.views.bind(api)]
  const views = new Views(api, (error) => expect.fail(error.message))
  api.views = async () => (await gate.passed, read())
  const reading = views.read()
  views.clear()
  gate.open()
  await reading
  expect(views.list).toEqual([])
  await views.read()
  const again = views.read()
  await views.rename('1', 'two')
  await again
  expect(views.list.map(({ name }) => name)).toEqual(['two'])
})

test('an offer to undo stands for a while, and the newest is the one', async () => {
  const undo = new Undo(0)
  const done: string[] = []
  undo.put('one', () => done.push('one'))
  undo.put('two', () => done.push('two'))
  undo.take()
  undo.take()
  expect([done, undo.offer]).toEqual([['two'], null])
  undo.put('three', () => done.push('three'))
  await settled()
  expect(undo.offer).toBeNull()
})

test('what was copied is taken off the clipboard, but not what came there since', async () => {
  const api = sealedApi()
  let kept = 0.001
  const clipboard = new Clipboard(api, () => {}, () => kept)
  await clipboard.copy('secret', 'Copied')
  expect([api.clipboard, clipboard.said]).toEqual(['secret', 'Copied'])
  await settled()
  expect([api.clipboard, clipboard.said]).toEqual(['', ''])
  await clipboard.copy('secret', 'Copied')
  api.clipboard = 'of another program'
  await settled()
  expect(api.clipboard).toBe('of another program')
  kept = 0
  await clipboard.copy('secret', 'Copied')
  await settled()
  expect([api.clipboard, clipboard.said]).toEqual(['secret', 'Copied'])
})

describe('saved views', () => {
  test('are kept, counted, moved, renamed, and a deleted one comes back', async () => {
    const api = sealedApi(500)
    const desk = new Desk(api)
    desk.open()
    await settled()
    const failed = { ...noSearch(), filter: { ...noFilter(), outcomes: ['failed'] } }
    await desk.views.add('Failed', failed)
    await desk.views.add('Nino', { ...noSearch(), text: 'nino' })
    const [one, two] = desk.views.list.map(({ id }) => id) as [string, string]
    expect(desk.views.totals.get(one)).toBe(count(api, (row) => row.outcome === 'failed'))
    await desk.views.move(two, -1)
    await desk.views.rename(one, 'No')
    expect(api.kept.views.map(({ name }) => name)).toEqual(['Nino', 'No'])
    desk.removeView(desk.views.list[0]!)
    await settled()
    expect(api.kept.views.map(({ name }) => name)).toEqual(['No'])
    desk.undo.take()
    await settled()
    expect(api.kept.views.map(({ name }) => name)).toEqual(['Nino', 'No'])
    api.grow(500)
    await desk.views.count()
    await waitFor(() => expect(desk.views.totals.get(one)).toBe(count(api, (row) => row.outcome === 'failed')))
    await desk.lock()
    await settled()
    expect(desk.views.list).toEqual([])
  })
})

describe('in the window', () => {
  async function open(): Promise<{ api: FakeApi; desk: Desk; user: UserEvent }> {
    const api = sealedApi(200)
    const desk = new Desk(api)
    render(App, { desk })
    await settled()
    return { api, desk, user: userEvent.setup() }
  }
  const rows = (): string => screen.getByRole('grid', { name: 'Sessions' }).getAttribute('aria-rowcount')!

  test('a value is ticked in its menu, is a chip with its count, and goes by Backspace', async () => {
    const { api, user } = await open()
    const failed = count(api, (row) => row.outcome === 'failed')
    await user.click(screen.getByRole('button', { name: 'Status' }))
    // Without a layout the menu has no place, and counts as hidden.
    const item = (): HTMLElement | undefined =>
      screen.queryAllByRole('menuitemcheckbox', { hidden: true }).find((one) => one.textContent!.trim().replace(/\s+/g, ' ') === `Failed ${failed}`)
    await waitFor(() => expect(item()).toBeDefined())
    await user.click(item()!)
    await waitFor(() => expect(rows()).toBe(String(failed + 1)))
    await user.keyboard('{Escape}')
    const chip = await screen.findByRole('button', { name: new RegExp(`^Remove the filter Failed, ${failed} session`) })
    chip.focus()
    await user.keyboard('{Backspace}')
    await waitFor(() => expect(rows()).toBe('201'))
  })

  test('all filters are cleared at once, and come back by Ctrl+Z', async () => {
    const { desk, user } = await open()
    await desk.sessions.narrow({ ...noFilter(), documents: ['ID'], matches: { min: 5, max: 0, none: false } })
    const before = rows()
    await user.click(screen.getByRole('button', { name: 'Clear all' }))
    await waitFor(() => expect(rows()).toBe('201'))
    await user.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(rows()).toBe(before))
  })

  test('while answers are on their way, the focus is already on what comes in the place of a filter: no key is lost', async () => {
    const { api, desk, user } = await open()
    await desk.sessions.narrow({ ...noFilter(), documents: ['ID', 'passport'], outcomes: ['failed'], matches: { min: 5, max: 0, none: false } })
    const [gate, find] = [new Gate(), api.find.bind(api)]
    api.find = async (query) => (await gate.passed, find(query))
    const chips = (): HTMLElement[] => screen.queryAllByRole('button', { name: /^Remove the filter/ })
    const removed = (chip: HTMLElement): string => chip.textContent!.trim().replace(/[\s\d]+$/, '')
    const names = chips().map(removed)
    expect(names).toHaveLength(4)
    chips()[1]!.focus()
    await user.keyboard('{Backspace}')
    expect(removed(document.activeElement as HTMLElement)).toBe(names[2])
    await user.keyboard('{Delete}{Backspace}')
    expect(chips().map(removed)).toEqual([names[0]])
    expect(document.activeElement, 'the last one, as none comes after it').toBe(chips()[0])
    await user.click(screen.getByRole('button', { name: 'Clear all' }))
    expect(chips()).toEqual([])
    expect(document.activeElement).toBe(within(screen.getByRole('group', { name: 'Filters' })).getByRole('button', { name: 'Document' }))
    gate.open()
    await waitFor(() => expect(rows()).toBe('201'))
  })

  test('where nothing is found, the way on leads the focus to the first row', async () => {
    const { desk, user } = await open()
    await desk.sessions.narrow({ ...noFilter(), outcomes: ['pending'], matches: { min: 7, max: 0, none: false } })
    screen.getByRole('heading', { name: 'No session passes the filters' })
    const main = within(screen.getByRole('main'))
    const row = (): string | undefined => document.activeElement!.closest<HTMLElement>('[data-row]')?.dataset['row']
    const clear = main.getAllByRole('button', { name: 'Clear all' }).at(-1)!
    clear.focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect([rows(), row()]).toEqual(['201', '0']))
    await user.keyboard('j')
    expect(row()).toBe('1')
  })

  test('that way leads to the first row too if the archive moves before the answer', async () => {
    const { api, desk, user } = await open()
    await desk.sessions.narrow({ ...noFilter(), outcomes: ['pending'], matches: { min: 7, max: 0, none: false } })
    const [gates, find] = [[] as Gate[], api.find.bind(api)]
    api.find = async (query) => {
      gates.push(new Gate())
      await gates.at(-1)!.passed
      return find(query)
    }
    within(screen.getByRole('main')).getAllByRole('button', { name: 'Clear all' }).at(-1)!.focus()
    await user.keyboard('{Enter}')
    void desk.sessions.storeMoved()
    await settled()
    expect(gates.length).toBeGreaterThan(1)
    for (const gate of gates) {
      gate.open()
      await settled()
    }
    await waitFor(() => expect(document.activeElement!.closest<HTMLElement>('[data-row]')?.dataset['row']).toBe('0'))
  })

  test('where still nothing is found, the focus goes to the next way on', async () => {
    const { desk, user } = await open()
    const main = within(screen.getByRole('main'))
    const press = async (name: string): Promise<void> => {
      main.getAllByRole('button', { name }).at(-1)!.focus()
      await user.keyboard('{Enter}')
    }
    await desk.sessions.open({ ...noSearch(), text: 'zzz', filter: { ...noFilter(), outcomes: ['failed'] } })
    await press('Clear all')
    await waitFor(() => expect(document.activeElement!.textContent).toContain('Clear search'))
    await user.keyboard('{Enter}')
    await waitFor(() => expect([rows(), document.activeElement!.closest<HTMLElement>('[data-row]')?.dataset['row']]).toEqual(['201', '0']))
  })

  test('a view that is moved keeps the focus, one that is deleted leaves it to the next, before they are kept', async () => {
    const { api, desk, user } = await open()
    for (const name of ['A', 'B', 'C']) await desk.views.add(name, { ...noSearch(), text: name })
    const [gate, save] = [new Gate(), api.saveViews.bind(api)]
    api.saveViews = async (views) => (await gate.passed, save(views))
    const focused = (): string => document.activeElement!.getAttribute('title') ?? ''
    screen.getByTitle('A').focus()
    await user.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}')
    expect([desk.views.list.map(({ name }) => name), focused()]).toEqual([['B', 'C', 'A'], 'A'])
    screen.getByTitle('B').focus()
    await user.keyboard('{Delete}')
    expect(focused()).toBe('C')
    await fireEvent.keyDown(document.activeElement!, { key: 'Delete', repeat: true })
    expect([desk.views.list.length, focused()]).toEqual([2, 'C'])
    await user.keyboard('{Delete}{Delete}')
    expect(desk.views.list).toEqual([])
    expect(document.activeElement!.textContent).toMatch(/^All sessions/)
    gate.open()
    await waitFor(() => expect(api.kept.views).toEqual([]))
  })

  test('of two views deleted one after the other, the last comes back, though the first is kept later', async () => {
    const { api, desk, user } = await open()
    for (const name of ['A', 'B']) await desk.views.add(name, { ...noSearch(), text: name })
    const [gate, save] = [new Gate(), api.saveViews.bind(api)]
    api.saveViews = async (views) => (await gate.passed, save(views))
    screen.getByTitle('A').focus()
    await user.keyboard('{Delete}{Delete}')
    gate.open()
    await waitFor(() => expect(api.kept.views).toEqual([]))
    await settled()
    await user.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(api.kept.views.map(({ name }) => name)).toEqual(['B']))
  })

  test('a header sorts by click and says so; a second click turns it round', async () => {
    const { user } = await open()
    const head = (): HTMLElement => screen.getByRole('columnheader', { name: /^Last name/ })
    expect(screen.getByRole('columnheader', { name: /^Date/ }).getAttribute('aria-sort')).toBe('descending')
    await user.click(within(head()).getByRole('button'))
    await waitFor(() => expect(head().getAttribute('aria-sort')).toBe('ascending'))
    within(head()).getByRole('button').focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(head().getAttribute('aria-sort')).toBe('descending'))
  })

  test('the focus stays on its session when rows above it go', async () => {
    const { api, desk, user } = await open()
    await user.keyboard('/{ArrowDown}{ArrowDown}{ArrowDown}')
    const row = desk.sessions.pages.row(2)!
    await desk.sessions.narrow({ ...noFilter(), outcomes: [row.outcome] })
    await user.keyboard('/{ArrowDown}{ArrowDown}{ArrowDown}')
    const [above, active] = [desk.sessions.pages.row(0)!, desk.sessions.pages.row(2)!]
    const read = api.row.bind(api)
    api.row = (n) => ({ ...read(n), ...(n === above.ordinal ? { outcome: 'unfinished' } : {}) })
    api.seq++
    api.catchUp()
    await waitFor(() => expect(desk.sessions.active).toBe(1))
    await settled()
    expect(document.activeElement!.closest('[data-row]')!.getAttribute('data-row')).toBe('1')
    expect(desk.sessions.pages.row(1)!.ordinal).toBe(active.ordinal)
  })

  test('keys tick rows, and they are copied as a table', async () => {
    const { api, desk, user } = await open()
    const [gate, find] = [new Gate(), api.find.bind(api)]
    await user.keyboard('/{ArrowDown}x')
    api.find = async (query) => (await gate.passed, find(query))
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect(desk.sessions.ticked, 'rows that are here need no answer').toBe(2)
    gate.open()
    await settled()
    expect(screen.getByText('2 selected')).toBeDefined()
    await user.keyboard('{Control>}c{/Control}')
    await waitFor(() => expect(api.clipboard.split('\n')).toHaveLength(3))
    await user.keyboard('{Control>}a{/Control}')
    expect(desk.sessions.ticked).toBe(200)
    await user.keyboard('{Escape}')
    expect(desk.sessions.ticked).toBe(0)
  })

  test('more than can be pasted: it is said that a part was copied, and the export of all is offered', async () => {
    const { api, desk, user } = await open()
    api.grow(10_300)
    await desk.sessions.showFresh()
    await user.keyboard('/{ArrowDown}{Control>}ac{/Control}')
    await screen.findByText(/^Only the first 10,000 of 10,500 sessions were copied/, undefined, { timeout: 20_000 })
    expect(api.clipboard.trimEnd().split('\n')).toHaveLength(10_001)
    await user.click(screen.getByRole('button', { name: 'Export all 10,500' }))
    await waitFor(() => expect(desk.exports.result?.rows).toBe(10_500))
  })

  test('a saved view is renamed, moved and deleted by its own keys, and the focus stays with it', async () => {
    const { api, desk, user } = await open()
    await desk.views.add('Failed', { ...noSearch(), filter: { ...noFilter(), outcomes: ['failed'] } })
    await desk.views.add('Nino', { ...noSearch(), text: 'nino' })
    const view = (name: string): HTMLElement => screen.getByRole('button', { name: new RegExp(`^${name}, \\d+ session`) })
    view('Nino').focus()
    await user.keyboard('{Alt>}{ArrowUp}{/Alt}')
    await waitFor(() => expect(api.kept.views.map(({ name }) => name)).toEqual(['Nino', 'Failed']))
    await settled()
    expect(document.activeElement).toBe(view('Nino'))
    await user.keyboard('{F2}')
    await user.clear(await screen.findByLabelText('Name'))
    await user.type(screen.getByLabelText('Name'), 'Ninos{Enter}')
    await waitFor(() => expect(api.kept.views[0]!.name).toBe('Ninos'))
    view('Ninos').focus()
    await user.keyboard('{Delete}')
    await waitFor(() => expect(api.kept.views.map(({ name }) => name)).toEqual(['Failed']))
    expect(screen.getByText('The view “Ninos” was deleted.')).toBeDefined()
  })

  test('where there is no room beside the list the saved views open from the toolbar', async () => {
    const { desk, user } = await open()
    await desk.views.add('Nino', { ...noSearch(), text: 'nino' })
    await user.click(screen.getByRole('button', { name: 'Saved views' }))
    const panel = await screen.findByLabelText('Saved views', { selector: '[role=dialog]' })
    await user.click(within(panel).getByText('Nino'))
    await waitFor(() => expect(desk.sessions.shownText).toBe('nino'))
    await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull())
  })

  test('a faulty qualifier is told when it is finished, with its place', async () => {
    const { user } = await open()
    const box = screen.getByRole('combobox', { name: 'Search sessions' })
    await user.type(box, 'nino level:x')
    expect(screen.queryByRole('alert')).toBeNull()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('“level:x” (character 6)'))
  })

  test('columns are switched, moved and kept', async () => {
    const { api, user } = await open()
    await user.click(screen.getByRole('button', { name: 'Columns' }))
    await user.click(await screen.findByRole('checkbox', { name: 'Personal no.' }))
    await user.click(screen.getByRole('button', { name: 'Move Document up' }))
    await settled()
    expect(JSON.parse(api.kept.layout).shown).toEqual(['document', 'date', 'liveness', 'verified', 'match', 'extra', 'personal'])
    await user.click(screen.getByRole('button', { name: 'Done' }))
    expect(screen.getByRole('columnheader', { name: /^Personal no\./ })).toBeDefined()
  })
})
