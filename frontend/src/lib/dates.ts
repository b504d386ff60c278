// Days of a person's own calendar: as they are typed, as presets name them, and
// as the moments that a filter holds.
import { CalendarDate, endOfMonth, parseAbsolute, parseDate, startOfMonth, toCalendarDate, today as todayIn } from '@internationalized/date'
import type { Filter } from './idv'

/** From and to, both included, as 2026-11-22; '' is an open end. */
export interface Days {
  from: string
  to: string
}

export const PRESETS = ['today', 'yesterday', 'week', 'month', 'thisMonth', 'lastMonth'] as const
export type Preset = (typeof PRESETS)[number]

/** The day that it is in a zone of the IANA database. */
export function today(zone: string): CalendarDate {
  return todayIn(zone)
}

/** The days that a preset stands for: week and month are the last 7 and 30 with today. */
export function presetDays(preset: Preset, now: CalendarDate): Days {
  const before = startOfMonth(now).subtract({ months: 1 })
  const days: Record<Preset, [CalendarDate, CalendarDate]> = {
    today: [now, now],
    yesterday: [now.subtract({ days: 1 }), now.subtract({ days: 1 })],
    week: [now.subtract({ days: 6 }), now],
    month: [now.subtract({ days: 29 }), now],
    thisMonth: [startOfMonth(now), now],
    lastMonth: [before, endOfMonth(before)],
  }
  const [from, to] = days[preset]
  return { from: from.toString(), to: to.toString() }
}

/** Dates as people write them: 2026-11-22, 22.11.2026, 22/11/26, and without the year 22.11 or 11/22. */
const WRITTEN = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?)$/

/** Whether a text has the form of a date; there may be no such day. */
export function isWritten(text: string): boolean {
  return WRITTEN.test(text.trim())
}

/**
 * The day that a text names, or null. The day comes before the month unless only
 * the other way is one; without a year it is the last such day up to now.
 */
export function dayOf(text: string, now: CalendarDate): CalendarDate | null {
  const found = WRITTEN.exec(text.trim())
  if (!found) return null
  const [year, month, day, first, second, written] = found.slice(1).map((part) => (part === undefined ? 0 : Number(part))) as number[]
  if (year) return realDay(year, month!, day!)
  const full = written ? (written < 100 ? 2000 + written : written) : now.year
  const at = realDay(full, second!, first!) ?? realDay(full, first!, second!)
  return at && !written && at.compare(now) > 0 ? at.subtract({ years: 1 }) : at
}

/** A day that there is, or null: the calendar would make the 30th of February the last of it. */
export function realDay(year: number, month: number, day: number): CalendarDate | null {
  const date = new CalendarDate(year, month, day)
  return date.month === month && date.day === day ? date : null
}

/** The moments of a filter that days stand for, in a zone. */
export function spanOf(days: Days, zone: string): Pick<Filter, 'from' | 'before'> {
  return {
    from: days.from === '' ? '' : moment(parseDate(days.from), zone),
    before: days.to === '' ? '' : moment(parseDate(days.to).add({ days: 1 }), zone),
  }
}

function moment(day: CalendarDate, zone: string): string {
  return day.toDate(zone).toISOString()
}

/** The days that a filter's moments stand for: a moment within a day counts as that day. */
export function daysOf({ from, before }: Pick<Filter, 'from' | 'before'>, zone: string): Days {
  return {
    from: from === '' ? '' : toCalendarDate(parseAbsolute(from, zone)).toString(),
    to: before === '' ? '' : toCalendarDate(parseAbsolute(before, zone).subtract({ milliseconds: 1 })).toString(),
  }
}
