// Numbers and times as a person reads them, through Intl only.

/** The one language of this version; day before month, as the portal's country writes. */
const LANGUAGE = 'en-GB'

export interface Formats {
  number(n: number): string
  /** 21 Nov 2026, 22:26 in the zone; '' for no time. */
  dateTime(rfc3339: string): string
  /** 21 Nov 2026. */
  date(at: Date): string
  /** 22:26 when the moment is on the same day as now, else with the day before it. */
  moment(rfc3339: string, now: Date): string
  /** The zone in short, true in summer and in winter: Georgia Time, Germany Time. */
  zone: string
  /** The zone in full: Central European Time. */
  zoneName: string
}

/** Formats for a zone of the IANA database; the system's own by default. */
export function formats(timeZone?: string): Formats {
  const numbers = new Intl.NumberFormat(LANGUAGE)
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const day = { day: '2-digit', month: 'short', year: 'numeric' } as const
  const dateTimes = new Intl.DateTimeFormat(LANGUAGE, { ...day, ...clock, timeZone })
  const times = new Intl.DateTimeFormat(LANGUAGE, { ...clock, timeZone })
  const days = new Intl.DateTimeFormat(LANGUAGE, { ...day, timeZone })
  const read = (text: string): Date | null => {
    const at = new Date(text)
    return text === '' || Number.isNaN(at.getTime()) ? null : at
  }
  return {
    number: (n) => numbers.format(n),
    dateTime: (text) => {
      const at = read(text)
      return at ? dateTimes.format(at) : ''
    },
    date: (at) => days.format(at),
    moment: (text, now) => {
      const at = read(text)
      if (!at) return ''
      return days.format(at) === days.format(now) ? times.format(at) : dateTimes.format(at)
    },
    zone: zoneName('shortGeneric', timeZone),
    zoneName: zoneName('longGeneric', timeZone),
  }
}

function zoneName(style: 'shortGeneric' | 'longGeneric', timeZone?: string): string {
  const parts = new Intl.DateTimeFormat(LANGUAGE, { timeZone, timeZoneName: style }).formatToParts(new Date())
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
}

/** The formats of this computer's zone. */
export const format = formats()
