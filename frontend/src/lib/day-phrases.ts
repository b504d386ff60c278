// Days as people say them: yesterday, last week, past 3 months, 2 weeks ago,
// Monday, November, 22 Nov 2026, 08/22, 2020-07-12, and from one to another.
import { endOfMonth, endOfWeek, endOfYear, getDayOfWeek, startOfMonth, startOfWeek, startOfYear } from '@internationalized/date'
import type { CalendarDate } from '@internationalized/date'
import { wordOf } from './day-words'
import type { Kind, Unit } from './day-words'
import { dayOf, isWritten, realDay } from './dates'
import type { Days } from './dates'

/** Weeks begin on Monday in each of the window's languages. */
const WEEKS = 'en-GB'

type Span = readonly [CalendarDate, CalendarDate]

/** A phrase: the kinds of its words as they follow each other, and what they say. */
interface Phrase {
  shape: string
  unit: Unit
  numbers: number[]
  value: Partial<Record<Kind, number>>
}

function phraseOf(text: string): Phrase | null {
  const phrase: Phrase = { shape: '', unit: 'days', numbers: [], value: {} }
  for (const written of wordsOf(text)) {
    const word = wordOf(written)
    if (!word) return null
    if (word.kind === 'filler') continue
    phrase.shape = `${phrase.shape} ${word.kind}`.trim()
    phrase.unit = word.unit ?? phrase.unit
    phrase.value[word.kind] = word.value
    if (word.kind === 'number') phrase.numbers.push(word.value)
  }
  return phrase
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/[\s,]+/).filter(Boolean)
}

type Meaning = (phrase: Phrase, now: CalendarDate) => Span | null

const recent: Meaning = ({ unit, numbers: [count = 1] }, now) => (count > 0 ? [now.subtract({ [unit]: count }).add({ days: 1 }), now] : null)
const ago: Meaning = ({ unit, numbers: [count = 1] }, now) => alone(now.subtract({ [unit]: count }))
const weekday: Meaning = ({ value }, now) => alone(now.subtract({ days: (getDayOfWeek(now, WEEKS) - value.weekday! + 7) % 7 }))
/** A day and a month, in either order; more than 31 is the year. */
const dayAndMonth: Meaning = ({ value, numbers: [first, year] }, now) => {
  if (first! > 31) return year === undefined ? wholeMonth(first!, value.month!) : null
  const day = realDay(year ?? now.year, value.month!, first!)
  return day && alone(year === undefined && day.compare(now) > 0 ? day.subtract({ years: 1 }) : day)
}

const MEANINGS: Record<string, Meaning> = {
  back: ({ value }, now) => alone(now.subtract({ days: value.back! })),
  'this unit': ({ unit }, now) => [around(unit, now)[0], now],
  'last unit': ({ unit }, now) => around(unit, now.subtract({ [unit]: 1 })),
  'recent unit': recent,
  'recent number unit': recent,
  'last number unit': recent,
  'number unit ago': ago,
  'unit ago': ago,
  weekday,
  'last weekday': weekday,
  month: ({ value }, now) => wholeMonth(value.month! > now.month ? now.year - 1 : now.year, value.month!),
  'month number': dayAndMonth,
  'number month': dayAndMonth,
  'number month number': dayAndMonth,
  'month number number': dayAndMonth,
  'number month number unit': dayAndMonth,
  number: ({ numbers: [year] }) => (year! < 1000 ? null : around('years', realDay(year!, 1, 1)!)),
}

function alone(day: CalendarDate): Span {
  return [day, day]
}

/** The whole unit that a day is in. */
function around(unit: Unit, day: CalendarDate): Span {
  if (unit === 'weeks') return [startOfWeek(day, WEEKS), endOfWeek(day, WEEKS)]
  if (unit === 'months') return [startOfMonth(day), endOfMonth(day)]
  return unit === 'years' ? [startOfYear(day), endOfYear(day)] : [day, day]
}

function wholeMonth(year: number, month: number): Span | null {
  return year < 1000 ? null : around('months', realDay(year, month, 1)!)
}

/** The days that a text names, or null. */
export function daysNamed(text: string, now: CalendarDate): Days | null {
  const ends = text.split(/\s+[-–—]\s+|\.\.+|…/)
  const spans = ends.map((end) => spanNamed(end, now))
  const [first, last] = [spans[0], spans.at(-1)]
  if (ends.length > 2 || !first || !last) return null
  return ordered({ from: first[0].toString(), to: last[1].toString() })
}

function spanNamed(text: string, now: CalendarDate): Span | null {
  const day = dayOf(text, now)
  if (day) return alone(day)
  const phrase = phraseOf(text)
  return (phrase && MEANINGS[phrase.shape]?.(phrase, now)) ?? null
}

/** Why a text names no days: a word of it is not known, there is no such day, or it does not make sense. */
export interface Misread {
  why: 'word' | 'day' | 'phrase'
  text: string
}

export function misread(text: string): Misread {
  if (isWritten(text)) return { why: 'day', text }
  const unknown = wordsOf(text).find((word) => !wordOf(word) && !isWritten(word) && !/^[-–—]$/.test(word))
  return unknown === undefined ? { why: 'phrase', text } : { why: 'word', text: unknown }
}

/** What was typed as from and to. Days that are named in one word fill both; a day alone leaves the other end open. */
export function daysTyped({ from, to }: Days, now: CalendarDate): Days | Misread {
  const [first, last] = [from, to].map((text) => (text.trim() === '' ? { from: '', to: '' } : daysNamed(text, now)))
  if (!first) return misread(from)
  if (!last) return misread(to)
  if (to.trim() === '' && first.from !== first.to) return first
  return ordered({ from: first.from, to: last.to })
}

function ordered(days: Days): Days {
  const turned = days.from !== '' && days.to !== '' && days.from > days.to
  return turned ? { from: days.to, to: days.from } : days
}
