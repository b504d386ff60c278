// Numbers and times as a person reads them, through Intl.
import type { CalendarDate } from '@internationalized/date'
import { georgianAgo, georgianDate } from './georgian'

export interface Formats {
  number(n: number): string
  /** 21 Nov 2026, 22:26 in the zone; '' for no time. */
  dateTime(rfc3339: string): string
  /** 21 Nov 2026. */
  date(at: Date): string
  /** The same of a day of the calendar, whatever the zone. */
  day(day: CalendarDate): string
  /** 22:26 when the moment is on the same day as now, else with the day before it. */
  moment(rfc3339: string, now: Date): string
  /** 5 minutes ago, yesterday; in the largest unit that is whole. '' for no time. */
  ago(rfc3339: string, now: Date): string
  /** The zone in short, true in summer and in winter: Georgia Time, Germany Time. */
  zone: string
  /** The zone in full: Central European Time. */
  zoneName: string
}

/** Units of a relative time with their length in seconds, the largest first. */
const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const
type Unit = (typeof UNITS)[number][0]

/** The parts of the formats that depend on what an engine knows. */
interface Engine {
  date(options: Intl.DateTimeFormatOptions): (at: Date) => string
  ago(count: number, unit: Unit): string
  zone(style: 'shortGeneric' | 'longGeneric'): string
}

/**
 * A language for Intl; after it one whose numbers look the same, for engines
 * that do not know the first.
 */
export function tagsOf(language: string): string[] {
  return language === 'ka' ? ['ka', 'ru'] : [language]
}

/**
 * Formats of a language (a tag for Intl) and a zone of the IANA database; '' the
 * computer's own. known: this engine has the language.
 */
export function formats(language: string, zone = '', known = Intl.DateTimeFormat.supportedLocalesOf(language).length > 0): Formats {
  const timeZone = zone || ownTimeZone()
  const engine = known ? engineOf(language, timeZone) : georgianEngine(timeZone)
  const numbers = new Intl.NumberFormat(tagsOf(language))
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const
  const day = { day: '2-digit', month: 'short', year: 'numeric', timeZone } as const
  const dateTime = engine.date({ ...day, ...clock })
  const time = engine.date(clock)
  const date = engine.date(day)
  const utcDay = engine.date({ ...day, timeZone: 'UTC' })
  return {
    number: (n) => numbers.format(n),
    dateTime: (text) => withDate(text, dateTime),
    date,
    day: (on) => utcDay(on.toDate('UTC')),
    moment: (text, now) => withDate(text, (at) => (date(at) === date(now) ? time(at) : dateTime(at))),
    ago: (text, now) => withDate(text, (at) => engine.ago(...spanOf(at, now))),
    zone: engine.zone('shortGeneric'),
    zoneName: engine.zone('longGeneric'),
  }
}

function engineOf(language: string, timeZone: string): Engine {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  return {
    date: (options) => {
      const written = new Intl.DateTimeFormat(language, options)
      return (at) => written.format(at)
    },
    ago: (count, unit) => relative.format(0 - count, unit),
    zone: (style) => zoneName(language, style, timeZone),
  }
}

/** Zones go by their names in the IANA database: foreign words for them would say less. */
function georgianEngine(timeZone: string): Engine {
  return {
    date: (options) => {
      const english = new Intl.DateTimeFormat('en-GB', options)
      return (at) => georgianDate(english, at)
    },
    ago: georgianAgo,
    zone: (style) => (style === 'longGeneric' ? timeZone : timeZone.split('/').at(-1)!.replaceAll('_', ' ')),
  }
}

function withDate(text: string, write: (at: Date) => string): string {
  const at = new Date(text)
  return text === '' || Number.isNaN(at.getTime()) ? '' : write(at)
}

/** How long ago in the largest whole unit. A time to come, as clocks that differ make it, is now. */
function spanOf(at: Date, now: Date): [number, Unit] {
  const seconds = Math.max(0, (now.getTime() - at.getTime()) / 1000)
  const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? (['minute', 60] as const)
  return [Math.floor(seconds / length), unit]
}

function zoneName(language: string, style: 'shortGeneric' | 'longGeneric', timeZone: string): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: style }).formatToParts(new Date())
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
}

/** Every zone that can be chosen, UTC first. */
export function timeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
}

/** Whether this computer knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone !== ''
  } catch {
    return false
  }
}

/** The zone of this computer. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
