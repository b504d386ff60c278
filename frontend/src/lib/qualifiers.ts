// Filters as text in the search box: status:failed level:<=3 doc:passport
// from:2025-01-01. Words with a colon are qualifiers, the rest is searched for.
// The keys are the same in every language, so that a text can be passed on.
import type { CalendarDate } from '@internationalized/date'
import { daysOf, spanOf } from './dates'
import { daysNamed } from './day-phrases'
import { partsOf, toggled } from './filter'
import type { Dimension } from './filter'
import { noFilter } from './idv'
import type { Facets, Filter } from './idv'

/** What a text depends on besides itself. */
export interface Setting {
  zone: string
  today: CalendarDate
  /** The values that there are, as they are written; null they are not known. */
  facets: Facets | null
}

/** A qualifier that says nothing. at: the place of its first sign in the text, from 0. */
export interface Fault {
  word: string
  at: number
  /** key: there is no such filter; value: it has no such value. */
  problem: 'key' | 'value'
  /** It is the last word, and may still be being typed. */
  last: boolean
}

export interface Parsed {
  /** What is searched for. */
  text: string
  filter: Filter
  faults: Fault[]
}

export const DIMENSION: Record<string, Dimension> = {
  doc: 'documents', status: 'outcomes', spoof: 'spoofs', liveness: 'liveness', env: 'environments', tag: 'tags', device: 'devices', country: 'countries', reviewed: 'reviewed',
}
const KEY = Object.fromEntries(Object.entries(DIMENSION).map(([key, of]) => [of, key])) as Record<Dimension, string>

/** Every key, as it is offered. */
export const KEYS: readonly string[] = ['status', 'level', 'doc', 'spoof', 'from', 'to', 'liveness', 'env', 'tag', 'device', 'country', 'reviewed']

/** The values of the dimensions that have fixed ones. */
export const FIXED: Partial<Record<Dimension, readonly string[]>> = {
  outcomes: ['verified', 'failed', 'rejected', 'pending', 'unfinished'],
  spoofs: ['digital', 'notFull', 'lowFar'],
  liveness: ['passed', 'failed'],
  reviewed: ['yes', 'no'],
}
/** Dimensions where a session may have no value. */
export const NONE = 'none'
const WORD = /(?:[^\s"]|"[^"]*"?)+/g
const QUALIFIER = /^(\p{L}+):(.*)$/su

/** Reads a text of the search box. */
export function parse(text: string, setting: Setting): Parsed {
  const rest: string[] = []
  const parsed: Parsed = { text: '', filter: noFilter(), faults: [] }
  const words = [...text.matchAll(WORD)]
  for (const { 0: word, index: at } of words) {
    const found = QUALIFIER.exec(word)
    if (!found) {
      rest.push(word)
      continue
    }
    const last = at + word.length === text.length
    const known = KEYS.includes(found[1]!.toLowerCase())
    const filter = known ? applied(parsed.filter, found[1]!.toLowerCase(), found[2]!.replaceAll('"', ''), setting) : null
    if (filter) parsed.filter = filter
    else parsed.faults.push({ word, at, problem: known ? 'value' : 'key', last })
  }
  // Without a qualifier the text is searched for as it stands.
  parsed.text = rest.length === words.length ? text : rest.join(' ')
  return parsed
}

/** The filter with a qualifier more, or null where it says nothing. */
function applied(filter: Filter, key: string, value: string, setting: Setting): Filter | null {
  if (key === 'level') {
    const matches = levels(value)
    return matches && { ...filter, matches }
  }
  if (key === 'from' || key === 'to') return dated(filter, key, value, setting)
  const of = DIMENSION[key]!
  let next = filter
  for (const one of value.split(',')) {
    const known = written(of, one, setting.facets)
    if (known === null) return null
    if (!(next[of] as string[]).includes(known)) next = toggled(next, of, known)
  }
  return next
}

/** A value as the archive writes it; null there is none. */
function written(of: Dimension, value: string, facets: Facets | null): string | null {
  if (value === '') return null
  const same = (known: string): boolean => known.toLowerCase() === value.toLowerCase()
  const fixed = FIXED[of]
  if (value.toLowerCase() === NONE && of !== 'outcomes' && of !== 'spoofs' && of !== 'reviewed') return ''
  if (fixed) return fixed.find(same) ?? null
  const usual = of === 'documents' ? ['ID', 'passport'] : []
  return [...(facets?.[of] ?? []).map((count) => count.value), ...usual].find(same) ?? value
}

const LEVEL = /^(?:(<=|>=|<|>|≤|≥)?(\d{1,2})|(\d{1,2})-(\d{1,2}))$/

/** 3, <=3, >4, 2-5, none, <=3,none. */
function levels(value: string): Filter['matches'] | null {
  const parts = value.toLowerCase().split(',')
  const none = parts.includes(NONE)
  const [range, more] = parts.filter((part) => part !== NONE)
  if (range === undefined) return none ? { min: 0, max: 0, none } : null
  const found = LEVEL.exec(range)
  if (!found || more !== undefined) return null
  const [sign, at, from, to] = [found[1] ?? '', Number(found[2]), Number(found[3]), Number(found[4])]
  const ends: Record<string, [number, number]> = { '<': [0, at - 1], '<=': [0, at], '≤': [0, at], '>': [at + 1, 0], '>=': [at, 0], '≥': [at, 0], '': [at, at] }
  const [min, max] = found[3] === undefined ? ends[sign]! : [from, to]
  if ((min === 0 && max === 0) || (max > 0 && max < min) || max < 0) return null
  return { min, max, none }
}

/** Days of the person's zone as they say them, or a moment as it stands. */
function dated(filter: Filter, key: 'from' | 'to', value: string, { zone, today }: Setting): Filter | null {
  const end = key === 'from' ? 'from' : 'before'
  if (/T\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value))) return { ...filter, [end]: new Date(value).toISOString() }
  const days = daysNamed(value, today)
  return days && { ...filter, [end]: spanOf(days, zone)[end] }
}

/** A filter as qualifiers: parse reads the same filter from them. */
export function asText(filter: Filter, zone: string): string {
  const words: string[] = []
  const seen = new Set<string>()
  for (const part of partsOf(filter)) {
    if (seen.has(part.of)) continue
    seen.add(part.of)
    if (part.of === 'matches') words.push(`level:${levelText(filter.matches)}`)
    else if (part.of === 'dates') words.push(...dateWords(filter, zone))
    else words.push(`${KEY[part.of]}:${filter[part.of].map((value) => quoted(value || NONE)).join(',')}`)
  }
  return words.join(' ')
}

function levelText({ min, max, none }: Filter['matches']): string {
  const range = min === 0 && max === 0 ? '' : min === max ? String(min) : max === 0 ? `>=${min}` : min === 0 ? `<=${max}` : `${min}-${max}`
  return [range, none ? NONE : ''].filter(Boolean).join(',')
}

/** A moment that no day of this zone begins with stays a moment. */
function dateWords(filter: Filter, zone: string): string[] {
  const days = daysOf(filter, zone)
  const whole = spanOf(days, zone)
  const from = whole.from === filter.from ? days.from : filter.from
  const to = whole.before === filter.before ? days.to : filter.before
  return [from && `from:${from}`, to && `to:${to}`].filter(Boolean)
}

export function quoted(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value
}
