// Search and list: which answer is shown, and that rows do not move by themselves.
import { describe, expect, test } from 'vitest'
import { FakeApi } from '../src/api/fake'
import { noFilter } from '../src/lib/idv'
import type { Page, Query } from '../src/lib/idv'
import { Sessions } from '../src/state/sessions.svelte'
import { makeApi, settled } from './fakes'

async function filled(sessions = 500): Promise<{ api: FakeApi; list: Sessions }> {
  const api = makeApi()
  const list = new Sessions(api, 0)
  api.grow(sessions)
  await list.ask()
  api.onStore(() => void list.storeMoved())
  return { api, list }
}

/** Rows in view, by ordinal. */
async function inView(list: Sessions): Promise<(number | undefined)[]> {
  list.pages.want(list.view.range.first, list.view.range.end)
  await settled()
  return Array.from({ length: 5 }, (_, i) => list.pages.row(list.view.range.first + i)?.ordinal)
}

/** An archive whose answers wait until each is let go. */
class Held extends FakeApi {
  held: { query: Query; go: () => void }[] = []
  override async find(query: Query): Promise<Page> {
    await new Promise<void>((go) => this.held.push({ query, go }))
    return super.find(query)
  }
}

describe('search', () => {
  test('the newest text wins, whichever answer comes last', async () => {
    const api = new Held(makeApi().options)
    const list = new Sessions(api, 0)
    api.grow(500)
    void list.search('n')
    void list.search('ni')
    api.held[1]!.go()
    await settled()
    const { total } = list
    expect(list.shownText).toBe('ni')
    api.held[0]!.go()
    await settled()
    expect(list.shownText).toBe('ni')
    expect(list.total).toBe(total)
  })

  test('old rows stay until the new ones come', async () => {
    const api = new Held(makeApi().options)
    const list = new Sessions(api, 0)
    api.grow(500)
    void list.ask()
    api.held[0]!.go()
    await settled()
    void list.search('nino')
    expect(list.text).toBe('nino')
    expect(list.total).toBe(500)
    expect(list.pages.row(0)).toBeDefined()
  })

  test('finds from the first character, several words together, and says how many', async () => {
    const { list } = await filled()
    await list.search('n')
    const one = list.total
    await list.search('nino ber')
    expect(list.total).toBeGreaterThan(0)
    expect(list.total).toBeLessThan(one)
    expect(list.pages.row(0)).toMatchObject({ firstName: 'NINO', lastName: 'BERIDZE' })
  })

  test('a new text goes to the top and lets the active row go', async () => {
    const { list } = await filled()
    list.activate(400)
    await list.search('n')
    expect(list.view.offset).toBe(0)
    expect(list.active).toBe(-1)
  })

  test('a failure keeps the rows, and the next answer clears it', async () => {
    const { api, list } = await filled()
    api.failNext.find = { code: 'damaged', message: 'Cannot.', hint: '' }
    await list.search('n')
    expect(list.error?.code).toBe('damaged')
    expect(list.total).toBe(500)
    await list.search('ni')
    expect(list.error).toBeNull()
  })
})

describe('an archive that moves', () => {
  test('at the top with no row active the list follows', async () => {
    const { api, list } = await filled()
    api.grow(10)
    await settled()
    expect(list.total).toBe(510)
    expect(list.pages.row(0)?.ordinal).toBe(509)
    expect(list.fresh).toBe(0)
  })

  test('scrolled: the rows stay, what is new is counted, and Show shows it', async () => {
    const { api, list } = await filled()
    list.view.anchor(200 * 44)
    const before = await inView(list)
    api.grow(214)
    await settled()
    expect(list.fresh).toBe(214)
    expect(list.total).toBe(500)
    expect(await inView(list)).toEqual(before)
    await list.showFresh()
    expect(list.total).toBe(714)
    expect(list.pages.row(0)?.ordinal).toBe(713)
  })

  test('with a row active at the top the rows stay too', async () => {
    const { api, list } = await filled()
    list.activate(0)
    const before = await inView(list)
    api.grow(3)
    await settled()
    expect(list.fresh).toBe(3)
    expect(await inView(list)).toEqual(before)
  })

  test('pages that come after the move are the ones that were there before it', async () => {
    const { api, list } = await filled()
    list.activate(0)
    api.grow(37)
    await settled()
    list.view.anchor(300 * 44)
    expect((await inView(list))[0]).toBe(499 - list.view.range.first)
  })

  test('a page that crosses a move not yet heard of is asked again', async () => {
    const { api, list } = await filled()
    list.activate(0)
    const find = api.find.bind(api)
    let first = true
    api.find = (query) => {
      if (first && query.offset > 0) {
        first = false
        api.total += 5
      }
      return find(query)
    }
    list.view.anchor(300 * 44)
    expect((await inView(list))[0]).toBe(499 - list.view.range.first)
    expect(list.fresh).toBe(5)
  })

  test('the text index catching up counts as a move', async () => {
    const { api, list } = await filled()
    await list.search('nino')
    const before = list.total
    api.write(300)
    await settled()
    expect(list.total).toBe(before)
    api.catchUp()
    await settled()
    expect(list.total).toBeGreaterThan(before)
  })

  test('a page that failed comes with the next answer, without a scroll', async () => {
    const { api, list } = await filled()
    list.view.anchor(200 * 44)
    api.failNext.find = { code: 'damaged', message: 'Cannot.', hint: '' }
    expect((await inView(list))[0]).toBeUndefined()
    expect(list.error?.code).toBe('damaged')
    await list.ask()
    await settled()
    expect(list.pages.row(200)?.ordinal).toBe(299)
    expect(list.error).toBeNull()
  })

  test('a search that the move overtakes is asked again', async () => {
    const api = new Held(makeApi().options)
    const list = new Sessions(api, 0)
    api.grow(500)
    const search = list.search('nino')
    api.held[0]!.go()
    await search
    void list.search('nino ber')
    const moved = list.storeMoved()
    expect(api.held.slice(1).map((call) => call.query.text)).toEqual(['nino ber', 'nino ber'])
    for (const call of api.held) call.go()
    await moved
    expect(list.shownText).toBe('nino ber')
  })

  /** The session that stands at so many rows below the top of the view. */
  const under = (list: Sessions, rows: number): number | undefined => list.pages.row(list.view.offset / 44 + rows)?.ordinal

  /** A list of the pending ones with rows in view around number 40, of which one is active. */
  async function pending(): Promise<{ api: FakeApi; list: Sessions; change: (ordinal: number, outcome: string) => Promise<void> }> {
    const { api, list } = await filled(2000)
    const outcomes = new Map<number, string>()
    const row = api.row.bind(api)
    api.row = (n) => ({ ...row(n), outcome: outcomes.get(n) ?? (n % 2 === 0 ? 'pending' : 'verified') })
    await list.narrow({ ...noFilter(), outcomes: ['pending'] })
    list.view.anchor(40 * 44)
    await inView(list)
    list.active = 44
    const change = async (ordinal: number, outcome: string): Promise<void> => {
      outcomes.set(ordinal, outcome)
      api.seq++
      api.catchUp()
      await inView(list)
    }
    return { api, list, change }
  }

  test('an old session that ceases to match leaves the row under the eyes where it is', async () => {
    const { list, change } = await pending()
    const [active, top] = [list.pages.row(44)!.ordinal, under(list, 0)]
    await change(list.pages.row(3)!.ordinal, 'failed')
    expect([list.total, list.active, list.pages.row(list.active)!.ordinal, under(list, 0)]).toEqual([999, 43, active, top])
    expect(list.view.offset).toBe(39 * 44)
    expect(list.renumbered).toBe(1)
  })

  test('an old session that begins to match above is left out until it is asked for; no row moves', async () => {
    const { list, change } = await pending()
    const before = await inView(list)
    await change(list.pages.row(2)!.ordinal + 1, 'pending')
    expect([list.total, list.active, list.fresh, list.view.offset]).toEqual([1000, 44, 1, 40 * 44])
    expect(await inView(list)).toEqual(before)
    list.activate(999)
    await inView(list)
    expect(list.pages.row(999)!.ordinal).toBe(0)
    await list.showFresh()
    expect([list.total, list.fresh]).toEqual([1001, 0])
  })

  test('who goes on to other rows while the archive looks is not led back', async () => {
    const { api, list, change } = await pending()
    const find = api.find.bind(api)
    let looks = 0
    api.find = async (query) => {
      const page = await find(query)
      if (query.around >= 0 && looks++ < 2) list.active++
      return page
    }
    const wanted = list.pages.row(46)!.ordinal
    await change(list.pages.row(2)!.ordinal + 1, 'pending')
    expect([list.active, list.pages.row(list.active)!.ordinal]).toEqual([46, wanted])
  })

  test('rows that are ticked in one go are those on show, also after others came in above them', async () => {
    const { list, change } = await pending()
    await change(list.pages.row(2)!.ordinal + 1, 'pending')
    await list.tickRange(44, 46)
    expect([44, 45, 46].map((number) => list.selection.has(list.pages.row(number)))).toEqual([true, true, true])
    expect(list.ticked).toBe(3)
  })

  test('one that begins to match below the eyes makes the list longer at its end', async () => {
    const { list, change } = await pending()
    const before = await inView(list)
    await change(1, 'pending')
    expect([list.total, list.active, list.fresh]).toEqual([1001, 44, 1])
    expect(await inView(list)).toEqual(before)
  })

  test('when the active row itself ceases to match the next one stands in its place', async () => {
    const { list, change } = await pending()
    const [active, next] = [list.pages.row(44)!.ordinal, list.pages.row(45)!.ordinal]
    await change(active, 'verified')
    expect([list.total, list.active, list.pages.row(44)!.ordinal, list.view.offset]).toEqual([999, 44, next, 40 * 44])
  })

  test('an active row out of view stays the same session', async () => {
    const { list, change } = await pending()
    list.active = 5
    const [active, top] = [list.pages.row(5)!.ordinal, under(list, 0)]
    await change(list.pages.row(20)!.ordinal + 1, 'pending')
    expect([list.pages.row(list.active)!.ordinal, under(list, 0)]).toEqual([active, top])
  })

  test('in another order, too, and after the rows were dropped', async () => {
    const { api, list, change } = await pending()
    await list.order({ by: 'lastName', ascending: true })
    list.view.anchor(30 * 44)
    await inView(list)
    list.active = 31
    const active = list.pages.row(31)!.ordinal
    await change(list.pages.row(3)!.ordinal, 'failed')
    expect(list.pages.row(list.active)!.ordinal).toBe(active)
    list.blank()
    api.grow(500)
    await list.ask()
    await inView(list)
    expect([list.pages.row(list.active)!.ordinal, under(list, 1)]).toEqual([active, active])
  })

  test('a list that shrinks is asked for anew', async () => {
    const { api, list } = await filled()
    list.activate(450)
    api.grow(-100)
    await settled()
    expect(list.total).toBe(400)
    expect(list.active).toBe(399)
  })
})
