// The words of a calendar's page, in a language that the engine may not know.
import { CalendarDate } from '@internationalized/date'

interface CalendarWords {
  /** November 2026. */
  month(day: CalendarDate): string
  /** Sunday, 22 November 2026, as a screen reader says it. */
  day(day: CalendarDate): string
  /** In short, from Monday. */
  weekdays: string[]
}

const GEORGIAN_MONTHS = ['იანვარი', 'თებერვალი', 'მარტი', 'აპრილი', 'მაისი', 'ივნისი', 'ივლისი', 'აგვისტო', 'სექტემბერი', 'ოქტომბერი', 'ნოემბერი', 'დეკემბერი']
const GEORGIAN_WEEKDAYS = ['ორშაბათი', 'სამშაბათი', 'ოთხშაბათი', 'ხუთშაბათი', 'პარასკევი', 'შაბათი', 'კვირა']

/** The words of a language (a tag for Intl). known: this engine has it. */
export function calendarWords(language: string, known = Intl.DateTimeFormat.supportedLocalesOf(language).length > 0): CalendarWords {
  return known ? engineWords(language) : georgianWords()
}

function engineWords(language: string): CalendarWords {
  const write = (options: Intl.DateTimeFormatOptions) => {
    const written = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
    return (day: CalendarDate): string => written.format(day.toDate('UTC'))
  }
  return {
    month: write({ month: 'long', year: 'numeric' }),
    day: write({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    weekdays: week().map(write({ weekday: 'short' })),
  }
}

function georgianWords(): CalendarWords {
  const month = (day: CalendarDate): string => GEORGIAN_MONTHS[day.month - 1]!
  const weekday = (day: CalendarDate): string => GEORGIAN_WEEKDAYS[(day.toDate('UTC').getUTCDay() + 6) % 7]!
  return {
    month: (day) => `${month(day)} ${day.year}`,
    day: (day) => `${weekday(day)}, ${day.day} ${month(day)}, ${day.year}`,
    weekdays: GEORGIAN_WEEKDAYS.map((name) => name.slice(0, 3)),
  }
}

/** Any week from its Monday. */
function week(): CalendarDate[] {
  return Array.from({ length: 7 }, (_, i) => new CalendarDate(2026, 6, 1 + i))
}
