// Filters as values: chips, days, qualifiers in the search box, columns, marks.
import { CalendarDate } from '@internationalized/date'
import { describe, expect, test } from 'vitest'
import { COLUMNS, asTable, drawn, firstLayout, leastWidth, moved, pinnedAt, readLayout, sized, switched, template } from '../src/lib/columns'
import { PRESETS, dayOf, daysOf, presetDays, spanOf } from '../src/lib/dates'
import { daysNamed, daysTyped, misread } from '../src/lib/day-phrases'
import { merged, partKey, partsOf, sameFilter, sameSearch, toggled, without } from '../src/lib/filter'
import { pieces } from '../src/lib/highlight'
import { noFilter, noSearch } from '../src/lib/idv'
import type { Filter, Row } from '../src/lib/idv'
import { asText, parse } from '../src/lib/qualifiers'
import { fakeRow } from '../src/api/fake-rows'

const now = new CalendarDate(2026, 11, 22)
const ZONE = 'Asia/Tbilisi'
const some = (part: Partial<Filter>): Filter => ({ ...noFilter(), ...part })

describe('filters', () => {
  const filter = some({ documents: ['passport', ''], outcomes: ['failed'], matches: { min: 0, max: 3, none: true }, from: '2026-11-01T00:00:00Z', tags: ['vip'] })

  test('every restriction is a part, and the filter without all of them is none', () => {
    expect(partsOf(filter).map(partKey)).toEqual(['documents:passport', 'documents:', 'outcomes:failed', 'matches', 'dates', 'tags:vip'])
    expect(partsOf(filter).reduce(without, filter)).toEqual(noFilter())
  })

  test('a value is put in and taken out; the order of values makes no other filter', () => {
    const two = toggled(toggled(noFilter(), 'tags', 'a'), 'tags', 'b')
    expect(two.tags).toEqual(['a', 'b'])
    expect(toggled(two, 'tags', 'a').tags).toEqual(['b'])
    expect(sameFilter(two, some({ tags: ['b', 'a'] }))).toBe(true)
    expect(sameFilter(two, some({ tags: ['b'] }))).toBe(false)
  })

  test('two filters add up; levels and dates of the second go before', () => {
    const both = merged(filter, some({ outcomes: ['failed', 'pending'], matches: { min: 5, max: 0, none: false }, before: '2026-11-02T00:00:00Z' }))
    expect(both.outcomes).toEqual(['failed', 'pending'])
    expect(both.matches).toEqual({ min: 5, max: 0, none: false })
    expect([both.from, both.before]).toEqual(['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'])
  })

  test('blanks around a text make no other search, an order does', () => {
    expect(sameSearch({ ...noSearch(), text: ' nino ' }, { ...noSearch(), text: 'nino' })).toBe(true)
    expect(sameSearch(noSearch(), { ...noSearch(), sort: { by: '', ascending: true } })).toBe(false)
  })
})

describe('days', () => {
  test.each([
    ['2026-11-02', '2026-11-02'], ['2.11.2026', '2026-11-02'], ['02/11/26', '2026-11-02'], ['08/22', '2026-08-22'], ['22.8', '2026-08-22'],
    ['1.12', '2025-12-01'], [' 29.02.2024 ', '2024-02-29'],
  ])('%s is %s', (text, day) => {
    expect(dayOf(text, now)?.toString()).toBe(day)
  })

  test.each(['', '30.02.2026', '2026-13-01', '31.31', 'today', '2026', '1.1.202'])('%s is no day', (text) => {
    expect(dayOf(text, now)).toBeNull()
  })

  test.each([
    ['today yesterday', ''], ['today', '2026-11-22'], ['Вчера', '2026-11-21'], ['გუშინწინ', '2026-11-20'],
    ['last week', '2026-11-09 2026-11-15'], ['на прошлой неделе', '2026-11-09 2026-11-15'], ['გასულ კვირას', '2026-11-09 2026-11-15'],
    ['this week', '2026-11-16 2026-11-22'], ['ამ თვეში', '2026-11-01 2026-11-22'], ['в этом году', '2026-01-01 2026-11-22'],
    ['last month', '2026-10-01 2026-10-31'], ['прошлый год', '2025-01-01 2025-12-31'], ['წინა თვე', '2026-10-01 2026-10-31'],
    ['past week', '2026-11-16 2026-11-22'], ['last 7 days', '2026-11-16 2026-11-22'], ['за последние 2 недели', '2026-11-09 2026-11-22'], ['ბოლო 3 თვე', '2026-08-23 2026-11-22'],
    ['3 days ago', '2026-11-19'], ['неделю назад', '2026-11-15'], ['2 თვის წინ', '2026-09-22'], ['last 0 days', ''],
    ['Monday', '2026-11-16'], ['last Sunday', '2026-11-22'], ['в пятницу', '2026-11-20'], ['პარასკევი', '2026-11-20'],
    ['November', '2026-11-01 2026-11-30'], ['Dec.', '2025-12-01 2025-12-31'], ['в мае', '2026-05-01 2026-05-31'], ['ноябрь 2024', '2024-11-01 2024-11-30'], ['ოქტომბერი', '2026-10-01 2026-10-31'],
    ['22 Nov', '2026-11-22'], ['Nov 23', '2025-11-23'], ['2 мая 2024 года', '2024-05-02'], ['Nov 2, 2024', '2024-11-02'], ['5 ნოემბერს', '2026-11-05'], ['31 Nov', ''],
    ['2025', '2025-01-01 2025-12-31'], ['12', ''], ['08/22', '2026-08-22'], ['2020-07-12', '2020-07-12'],
    ['1.11. – 5.11.', ''], ['1.11 – 5.11', '2026-11-01 2026-11-05'], ['today..last month', '2026-10-31 2026-11-22'], ['a - b', ''], ['', ''], ['last', ''], ['soon', ''],
  ])('%s is %s', (text, days) => {
    const named = daysNamed(text, now)
    expect(named ? [...new Set([named.from, named.to])].join(' ') : '').toBe(days)
  })

  test('what names no days says what of it is not understood', () => {
    expect(misread('last wek')).toEqual({ why: 'word', text: 'wek' })
    expect(misread('30.02.2026')).toEqual({ why: 'day', text: '30.02.2026' })
    expect(misread('last 3')).toEqual({ why: 'phrase', text: 'last 3' })
  })

  test('a span typed as from fills both ends; a day leaves the other open; turned ones are set right', () => {
    expect(daysTyped({ from: 'last month', to: '' }, now)).toEqual({ from: '2026-10-01', to: '2026-10-31' })
    expect(daysTyped({ from: 'yesterday', to: ' ' }, now)).toEqual({ from: '2026-11-21', to: '' })
    expect(daysTyped({ from: '', to: 'last month' }, now)).toEqual({ from: '', to: '2026-10-31' })
    expect(daysTyped({ from: 'today', to: 'last month' }, now)).toEqual({ from: '2026-10-31', to: '2026-11-22' })
    expect(daysTyped({ from: 'nope', to: 'last month' }, now)).toEqual({ why: 'word', text: 'nope' })
    expect(daysTyped({ from: '', to: '' }, now)).toEqual({ from: '', to: '' })
  })

  test('presets', () => {
    const spans = PRESETS.map((preset) => Object.values(presetDays(preset, now)).join(' '))
    expect(spans).toEqual([
      '2026-11-22 2026-11-22', '2026-11-21 2026-11-21', '2026-11-16 2026-11-22', '2026-10-24 2026-11-22', '2026-11-01 2026-11-22', '2026-10-01 2026-10-31',
    ])
  })

  test('a day is the day of the zone, its last moment included, also when the clock is set', () => {
    expect(spanOf({ from: '2026-11-22', to: '2026-11-22' }, ZONE)).toEqual({ from: '2026-11-21T20:00:00.000Z', before: '2026-11-22T20:00:00.000Z' })
    const summer = spanOf({ from: '2026-03-29', to: '2026-03-29' }, 'Europe/Berlin')
    expect(Date.parse(summer.before) - Date.parse(summer.from)).toBe(23 * 3_600_000)
    for (const zone of [ZONE, 'Europe/Berlin', 'America/New_York', 'UTC']) {
      const days = { from: '2026-03-29', to: '2026-10-25' }
      expect(daysOf(spanOf(days, zone), zone)).toEqual(days)
    }
    expect(daysOf(spanOf({ from: '', to: '' }, ZONE), ZONE)).toEqual({ from: '', to: '' })
  })
})

describe('qualifiers', () => {
  const setting = { zone: ZONE, today: now, facets: null }
  const read = (text: string): ReturnType<typeof parse> => parse(text, setting)

  test('are taken out of the text, which stays as it was without any', () => {
    expect(read('status:failed nino level:<=3 ber')).toEqual({
      text: 'nino ber',
      filter: some({ outcomes: ['failed'], matches: { min: 0, max: 3, none: false } }),
      faults: [],
    })
    expect(read('nino  ber ')).toEqual({ text: 'nino  ber ', filter: noFilter(), faults: [] })
  })

  test.each([
    ['level:3', { min: 3, max: 3, none: false }], ['level:>3', { min: 4, max: 0, none: false }], ['level:>=3', { min: 3, max: 0, none: false }],
    ['level:<3', { min: 0, max: 2, none: false }], ['level:2-5', { min: 2, max: 5, none: false }], ['level:none', { min: 0, max: 0, none: true }],
    ['LEVEL:≤3,none', { min: 0, max: 3, none: true }],
  ])('%s', (text, matches) => {
    expect(read(text).filter.matches).toEqual(matches)
  })

  test('values: several, quoted, none, in any case, as the archive writes them', () => {
    expect(read('doc:passport,id,none').filter.documents).toEqual(['passport', 'ID', ''])
    expect(read('spoof:LOWFAR').filter.spoofs).toEqual(['lowFar'])
    expect(read('tag:"two words" tag:x').filter.tags).toEqual(['two words', 'x'])
    const facets = { documents: [], outcomes: [], spoofs: [], matches: [], liveness: [], environments: [{ value: 'Sandbox', count: 1 }], tags: [], devices: [], countries: [], reviewed: [] }
    expect(parse('env:sandbox', { ...setting, facets }).filter.environments).toEqual(['Sandbox'])
  })

  test('days of the zone', () => {
    expect(read('from:"last month" to:yesterday').filter).toMatchObject({ from: '2026-09-30T20:00:00.000Z', before: '2026-11-21T20:00:00.000Z' })
    expect(read('from:2025-01-01 to:31.1.2025').filter).toMatchObject({ from: '2024-12-31T20:00:00.000Z', before: '2025-01-31T20:00:00.000Z' })
  })

  test('what says nothing is told with its place, and left out', () => {
    expect(read('nino staus:failed level:9-2 from:never doc:')).toEqual({
      text: 'nino',
      filter: noFilter(),
      faults: [
        { word: 'staus:failed', at: 5, problem: 'key', last: false },
        { word: 'level:9-2', at: 18, problem: 'value', last: false },
        { word: 'from:never', at: 28, problem: 'value', last: false },
        { word: 'doc:', at: 39, problem: 'value', last: true },
      ],
    })
  })

  test('a filter becomes text, and the text the same filter', () => {
    const filters = [
      some({ documents: ['passport', ''], spoofs: ['lowFar', 'digital'], tags: ['two words', 'x'], reviewed: ['no'], liveness: [''] }),
      some({ matches: { min: 2, max: 0, none: true }, ...spanOf({ from: '2025-01-01', to: '2025-02-01' }, ZONE) }),
      some({ matches: { min: 0, max: 0, none: true }, from: '2025-01-01T03:04:05.678Z', outcomes: ['pending', 'failed'] }),
      noFilter(),
    ]
    for (const filter of filters) {
      const { text, filter: back, faults } = read(asText(filter, ZONE))
      expect([text, faults, sameFilter(back, filter)], asText(filter, ZONE)).toEqual(['', [], true])
    }
  })
})

describe('columns', () => {
  test('of a list that nobody has changed give way; chosen ones do not', () => {
    const first = firstLayout()
    const all = drawn(first, 0)
    expect(all.some(({ name }) => name === 'extra')).toBe(true)
    const room = leastWidth(all, first) - 1
    const names = (width: number) => drawn(first, width).map(({ name }) => name)
    expect(all.map(({ name }) => name).filter((name) => !names(room).includes(name))).toEqual(['extra'])
    expect(names(10)).toEqual(['select', 'selfie', 'first', 'last', 'verified', 'more'])
    expect(leastWidth(drawn(first, 69), first), 'beside the preview in a window of 1280').toBeLessThanOrEqual(69)
    expect(names(69)).toContain('verified')
    expect(drawn(switched(first, 'id'), room).some(({ name }) => name === 'extra')).toBe(true)
  })

  test('are moved, resized within bounds, and kept', () => {
    let layout = moved(firstLayout(), 'document', -1)
    expect(layout.shown.slice(0, 2)).toEqual(['document', 'date'])
    expect(moved(layout, 'document', -1)).toBe(layout)
    layout = sized(sized(layout, 'date', 1), 'first', 500)
    expect(layout.widths).toEqual({ date: 5, first: 80 })
    expect(readLayout(JSON.stringify(layout))).toEqual(layout)
    expect(template(drawn(layout, 0), layout)).toContain('80rem')
    expect(pinnedAt(drawn(layout, 0), layout)).toMatchObject({ select: 0, last: 4.4 + 6.4 + 80 })
  })

  test.each(['', 'no json', '[]', 'null', '{"shown":5,"widths":[]}'])('%s is read as the first layout', (kept) => {
    expect(readLayout(kept)).toEqual(firstLayout())
  })

  test('columns and widths that are not known are left out', () => {
    expect(readLayout('{"shown":["id","id","selfie","x"],"widths":{"x":9,"id":"7","date":9}}')).toEqual({ shown: ['id'], widths: { date: 9 } })
  })

  test('rows become a table; nothing in a cell makes another one', () => {
    const row: Row = { ...fakeRow(1), firstName: 'A\tB\nC', lastName: 'D' }
    const columns = COLUMNS.filter(({ name }) => ['select', 'first', 'last', 'match'].includes(name))
    expect(asTable([row, { ...row, matchLevel: 0 }], columns)).toBe(`First name\tLast name\tMatch\nA B C\tD\t${row.matchLevel}\nA B C\tD\t`)
  })
})

test('what was searched for is marked where words begin', () => {
  const hits = (text: string, search: string): string[] => pieces(text, search).map(({ text: part, hit }) => (hit ? `[${part}]` : part))
  expect(hits('NINO BERIDZE', 'ber ni')).toEqual(['[NI]', 'NO ', '[BER]', 'IDZE'])
  expect(hits('ნინო', 'ნი')).toEqual(['[ნი]', 'ნო'])
  expect(hits('ANNINO', 'ni')).toEqual(['ANNINO'])
  expect(hits('<b>x</b>', 'x')).toEqual(['<b>', '[x]', '</b>'])
  expect([hits('', 'x'), hits('abc', ' ')]).toEqual([[''], ['abc']])
})

test('it is marked in another script too, as far as it was typed', () => {
  const hits = (text: string, search: string): string => pieces(text, search).map(({ text: part, hit }) => (hit ? `[${part}]` : part)).join('')
  expect(hits('გიორგაძე', 'giorgadz')).toBe('[გიორგაძ]ე')
  expect(hits('ხათუნა', 'k')).toBe('[ხ]ათუნა')
  expect(hits('KHATUNA', 'ხა')).toBe('[KHA]TUNA')
  expect(hits('КЕТЕВАН', 'kete')).toBe('[КЕТЕ]ВАН')
  expect(hits('Йосип', 'iosip')).toBe('[Йосип]')
  expect(hits('JOSÉ', 'jose')).toBe('[JOSÉ]')
  expect(hits('ნინო', 'nina')).toBe('ნინო')
  expect(hits('ь', 'ь')).toBe('[ь]')
  expect(hits('ა', 'ь')).toBe('ა')
})
