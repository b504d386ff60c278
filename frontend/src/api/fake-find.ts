// How the archive in memory answers a question: text, filter, order and counts,
// each worked out row by row.
import { noFacets } from '../lib/idv'
import type { Facets, Filter, Order, Query, Row } from '../lib/idv'
import { fakeFacts, matches, nearValue } from './fake-rows'
import type { FakeFacts } from './fake-rows'

/** What is found, by session number, and its counts. near: how many of them, the last ones, only look like the text. */
export interface Found {
  numbers: number[]
  near: Map<number, string>
  facets: Facets
}

type Dimension = keyof Facets
type Values = Record<Dimension, string[]>
const DIMENSIONS = Object.keys(noFacets()) as Dimension[]

/** Answers from the sessions of numbers below total; those from indexed on are not known to the text search. */
export function findIn(query: Query, total: number, indexed: number, row: (n: number) => Row): Found {
  const { text, filter, facets, only, except } = query
  const found: Found = { numbers: [], near: new Map(), facets: noFacets() }
  const counts = new Map<string, number>()
  const near: number[] = []
  const picked = new Set(only)
  const left = new Set(except)
  for (let n = total - 1; n >= 0; n--) {
    if ((picked.size > 0 && !picked.has(n)) || left.has(n)) continue
    const one = row(n)
    const like = text.trim() === '' ? '' : likeness(one, text, n < indexed)
    if (like === null) continue
    const values = valuesOf(one, fakeFacts(n))
    const failing = failsOf(filter, one, values)
    if (facets) count(counts, values, failing)
    if (failing.length > 0) continue
    if (like === '') found.numbers.push(n)
    else near.push(n) && found.near.set(n, like)
  }
  found.numbers = [...sorted(found.numbers, query, row), ...near]
  if (facets) found.facets = facetsOf(counts)
  return found
}

/** So many sessions are counted one by one; of more every second, third... so that nobody waits for a million of them. */
const COUNTED = 20_000

/** The counts of a whole archive. */
export function countsOfAll(total: number, row: (n: number) => Row): Facets {
  const counts = new Map<string, number>()
  const step = Math.max(1, Math.ceil(total / COUNTED))
  for (let n = 0; n < total; n += step) count(counts, valuesOf(row(n), fakeFacts(n)), [])
  for (const [key, number] of counts) counts.set(key, number * step)
  return facetsOf(counts)
}

/** '' when the text finds it, the value that only looks like it, or null. */
function likeness(row: Row, text: string, indexed: boolean): string | null {
  if (!indexed || row.erased !== '') return null
  return matches(row, text) ? '' : nearValue(row, text)
}

function valuesOf(row: Row, facts: FakeFacts): Values {
  return {
    documents: [row.documentType],
    outcomes: [row.outcome],
    spoofs: row.spoofs,
    matches: [String(row.matchLevel)],
    liveness: [row.liveness],
    environments: [row.environment],
    tags: facts.tags.length > 0 ? facts.tags : [''],
    devices: [facts.device],
    countries: [facts.country],
    reviewed: [facts.reviewed],
  }
}

/** The dimensions that leave the session out; 'dates' has no counts. */
function failsOf(filter: Filter, row: Row, values: Values): (Dimension | 'dates')[] {
  const fails: (Dimension | 'dates')[] = []
  const at = Date.parse(row.createdAt)
  if ((filter.from !== '' && at < Date.parse(filter.from)) || (filter.before !== '' && at >= Date.parse(filter.before))) fails.push('dates')
  for (const dimension of DIMENSIONS) {
    if (dimension === 'matches') {
      if (!inRange(filter.matches, row.matchLevel)) fails.push('matches')
      continue
    }
    const wanted: readonly string[] = filter[dimension]
    if (wanted.length > 0 && !values[dimension].some((value) => wanted.includes(value))) fails.push(dimension)
  }
  return fails
}

function inRange({ min, max, none }: Filter['matches'], level: number): boolean {
  const open = min === 0 && max === 0
  if (open && !none) return true
  if (level === 0) return none
  return !open && level >= min && (max === 0 || level <= max)
}

/** A session counts for every value of a dimension if no other dimension leaves it out. */
function count(counts: Map<string, number>, values: Values, failing: string[]): void {
  for (const dimension of DIMENSIONS) {
    if (failing.length > 1 || (failing.length === 1 && failing[0] !== dimension)) continue
    for (const value of values[dimension]) {
      const key = `${dimension} ${value}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
}

function facetsOf(counts: Map<string, number>): Facets {
  const facets = noFacets()
  for (const [key, number] of counts) {
    const at = key.indexOf(' ')
    facets[key.slice(0, at) as Dimension].push({ value: key.slice(at + 1), count: number })
  }
  for (const dimension of DIMENSIONS) facets[dimension].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return facets
}

const keys: Partial<Record<Order, (row: Row) => string | number>> = {
  '': (row) => row.ordinal,
  finished: (row) => row.finishedAt,
  device: (row) => fakeFacts(row.ordinal).device,
  country: (row) => fakeFacts(row.ordinal).country,
}

/** By the order's value, newest first among equals. */
function sorted(numbers: number[], { sort }: Query, row: (n: number) => Row): number[] {
  if (sort.by === '' && !sort.ascending) return numbers
  const own = (one: Row): string | number => one[sort.by as Exclude<Order, '' | 'finished' | 'device' | 'country'>]
  const key = keys[sort.by] ?? own
  const by = new Map(numbers.map((n) => [n, key(row(n))]))
  const sign = sort.ascending ? 1 : -1
  return [...numbers].sort((a, b) => {
    const [x, y] = [by.get(a)!, by.get(b)!]
    return x === y ? b - a : x < y ? -sign : sign
  })
}
