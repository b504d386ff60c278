// What may follow in the search box: the keys of qualifiers, and after a key its
// values with their counts.
import { countOf, offered } from './filter'
import type { Dimension } from './filter'
import { noFilter } from './idv'
import type { Facets } from './idv'
import { MAX_LEVEL } from './match'
import { DIMENSION, FIXED, KEYS, NONE, quoted } from './qualifiers'

export interface Completion {
  /** As it is written in the box. */
  text: string
  /** What it is a value of; '' it is a key. */
  of: Dimension | 'matches' | ''
  /** As the archive has it. */
  value: string
  /** How many of the found sessions have it; -1 it is not counted. */
  count: number
}

export interface Completions {
  /** The part of the text that one of them takes the place of. */
  from: number
  to: number
  items: Completion[]
}

/** So many letters are a key that is begun: fewer begin too many names. */
const BEGUN = 3
/** Match levels, and none. */
const LEVELS = [...Array.from({ length: MAX_LEVEL }, (_, i) => String(i + 1)), '0']
const WORD = /(?:[^\s"]|"[^"]*"?)+$/

/** What may stand at a place of the text; nothing within a word. */
export function completionsAt(text: string, at: number, facets: Facets | null): Completions {
  const word = /^\S/.test(text.slice(at)) ? '' : (WORD.exec(text.slice(0, at))?.[0] ?? '')
  const colon = word.indexOf(':')
  if (colon < 0) return { from: at - word.length, to: at, items: keysOf(word.toLowerCase()) }
  const values = word.slice(colon + 1).split(',')
  const typed = values.at(-1)!.replaceAll('"', '').toLowerCase()
  const earlier = values.slice(0, -1).map((value) => value.replaceAll('"', '').toLowerCase())
  const items = valuesOf(word.slice(0, colon).toLowerCase(), facets).filter(({ text }) => {
    const written = text.replaceAll('"', '').toLowerCase()
    return written.startsWith(typed) && written !== typed && !earlier.includes(written)
  })
  return { from: at - values.at(-1)!.length, to: at, items }
}

function keysOf(begun: string): Completion[] {
  if (begun.length < BEGUN) return []
  return KEYS.filter((key) => key.startsWith(begun)).map((key) => ({ text: `${key}:`, of: '', value: key, count: -1 }))
}

function valuesOf(key: string, facets: Facets | null): Completion[] {
  const of = key === 'level' ? 'matches' : DIMENSION[key]
  if (!of) return []
  const values = of === 'matches' ? LEVELS : offered(facets, noFilter(), of, FIXED[of]).filter((value) => isWritable(of, value))
  return values.map((value) => ({ text: value === noValue(of) ? NONE : quoted(value), of, value, count: countOf(facets, of, value) }))
}

/** What stands for sessions without a value. */
function noValue(of: Completion['of']): string {
  return of === 'matches' ? '0' : ''
}

/** Whether a qualifier can say it. */
function isWritable(of: Dimension, value: string): boolean {
  const always = of === 'outcomes' || of === 'spoofs' || of === 'reviewed'
  return !/[",]/.test(value) && !(always && value === '')
}

/** The text with one of the completions in it, and where the cursor stands then: after a value something else may follow. */
export function completed(text: string, { from, to }: Completions, { text: put, of }: Completion): { text: string; at: number } {
  const rest = text.slice(to)
  const written = text.slice(0, from) + put + (of !== '' && rest === '' ? ' ' : '')
  return { text: written + rest, at: written.length }
}
