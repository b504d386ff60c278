// The words of filters: values, chips and menus.
import { parseDate } from '@internationalized/date'
import { daysOf } from './dates'
import type { Days, Preset } from './dates'
import type { Misread } from './day-phrases'
import type { Dimension, Part } from './filter'
import { format } from './format'
import { t } from './i18n'
import type { Key } from './i18n'
import type { Filter, Liveness, Spoof } from './idv'
import { MAX_LEVEL, farOneIn } from './match'
import type { Fault } from './qualifiers'
import { documentWord, spoofWords } from './words'

const outcomes: Record<string, Key> = {
  verified: 'outcome.verified', failed: 'outcome.failed', rejected: 'outcome.rejected', pending: 'outcome.pending', unfinished: 'outcome.unfinished', '': 'outcome.unknown',
}
const liveness: Record<Liveness, Key> = { passed: 'filter.liveness.passed', failed: 'filter.liveness.failed', '': 'filter.liveness.none' }
const nothing: Partial<Record<Dimension, Key>> = {
  environments: 'filter.environment.none', tags: 'filter.tag.none', devices: 'filter.device.none', countries: 'filter.country.none',
}
const presets: Record<Preset, Key> = {
  today: 'date.today', yesterday: 'date.yesterday', week: 'date.week', month: 'date.month', thisMonth: 'date.thisMonth', lastMonth: 'date.lastMonth',
}

export function presetWord(preset: Preset): string {
  return t(presets[preset])
}

/** A value of a filter. One that is newer than this version stays as the portal wrote it. */
export function valueWord(of: Dimension, value: string): string {
  if (of === 'documents') return documentWord(value)
  if (of === 'outcomes') return outcomes[value] ? t(outcomes[value]) : value
  if (of === 'spoofs') return spoofWords([value as Spoof])
  if (of === 'liveness') return t(liveness[value as Liveness])
  if (of === 'reviewed') return t(value === 'yes' ? 'filter.reviewed.yes' : 'filter.reviewed.no')
  const none = nothing[of]
  return value === '' && none ? t(none) : value
}

/** The levels that are too low, with their rates: what "low match level" means. */
export function lowText(accepted: number): string {
  if (accepted < 2) return t('spoof.lowFar')
  const last = Math.min(accepted - 1, MAX_LEVEL)
  return t('filter.low', { level: last, oneIn: format.number(farOneIn(last)) })
}

/** A level with its rate. */
export function rateText(level: number): string {
  return t('filter.level.rate', { level, oneIn: format.number(farOneIn(level)) })
}

export function levelsText({ min, max, none }: Filter['matches']): string {
  if (min === 0 && max === 0) return t('filter.level.none')
  const range = max === 0 ? t('filter.level.from', { min }) : min === 0 ? t('filter.level.to', { max }) : min === max ? t('filter.level.one', { min }) : t('filter.level.range', { min, max })
  return none ? t('filter.level.orNone', { range }) : range
}

/** A span of days. */
export function daysText({ from, to }: Days): string {
  const day = (text: string): string => format.day(parseDate(text))
  if (from === to) return day(from)
  if (to === '') return t('filter.date.from', { from: day(from) })
  return from === '' ? t('filter.date.to', { to: day(to) }) : t('filter.date.range', { from: day(from), to: day(to) })
}

const misreadings: Record<Misread['why'], Key> = { word: 'filter.date.word', day: 'filter.date.noDay', phrase: 'filter.date.wrong' }

/** What of typed days is not understood. */
export function misreadText({ why, text }: Misread): string {
  return t(misreadings[why], { text })
}

/** A restriction as its chip says it. */
export function partText(part: Part, filter: Filter, zone: string): string {
  if (part.of === 'matches') return levelsText(filter.matches)
  if (part.of === 'dates') return daysText(daysOf(filter, zone))
  return valueWord(part.of, part.value)
}

/** What is wrong with a qualifier, and where. */
export function faultText({ word, at, problem }: Fault): string {
  return t(problem === 'key' ? 'qualifier.key' : 'qualifier.value', { word, at: at + 1 })
}
