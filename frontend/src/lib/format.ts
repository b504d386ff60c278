// Numbers and times in the language and the zone of now. In a component they
// follow both.
import type { Formats } from './formats'
import { locale } from './locale.svelte'

export const format: Formats = {
  number: (n) => locale.formats.number(n),
  dateTime: (text) => locale.formats.dateTime(text),
  date: (at) => locale.formats.date(at),
  day: (day) => locale.formats.day(day),
  moment: (text, now) => locale.formats.moment(text, now),
  ago: (text, now) => locale.formats.ago(text, now),
  get zone() {
    return locale.formats.zone
  },
  get zoneName() {
    return locale.formats.zoneName
  },
}

/** A time as it is chosen to be shown: in full, or as from now. */
export function timeText(rfc3339: string, now: Date): string {
  return locale.relative ? format.ago(rfc3339, now) : format.dateTime(rfc3339)
}

/** The same time the other way, with the zone: what is shown on hover. */
export function timeTitle(rfc3339: string, now: Date): string {
  if (locale.relative) return `${format.dateTime(rfc3339)}, ${format.zoneName}`
  return `${format.ago(rfc3339, now)} · ${format.zoneName}`
}
