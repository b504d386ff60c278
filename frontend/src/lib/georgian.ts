// Georgian dates for engines that know none: Chromium, which WebView2 is made
// of, has no data of this language. The words are those of Unicode's CLDR, which
// the other engines say.

const MONTHS: Record<string, string> = {
  Jan: 'იან.',
  Feb: 'თებ.',
  Mar: 'მარ.',
  Apr: 'აპრ.',
  May: 'მაი.',
  Jun: 'ივნ.',
  Jul: 'ივლ.',
  Aug: 'აგვ.',
  Sep: 'სექ.',
  Oct: 'ოქტ.',
  Nov: 'ნოე.',
  Dec: 'დეკ.',
}

/** A date as a formatter for en-GB writes it, the month in Georgian. */
export function georgianDate(english: Intl.DateTimeFormat, at: Date): string {
  const parts = english.formatToParts(at)
  return parts.map(({ type, value }) => (type === 'month' ? MONTHS[value.slice(0, 3)] : value)).join('')
}

type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute'

const AGO: Record<Unit, string> = { year: 'წლის', month: 'თვის', day: 'დღის', hour: 'საათის', minute: 'წუთის' }

/** Spans that have a word of their own: this one, the last, the one before it. */
const OWN: Record<Unit, readonly string[]> = {
  year: ['', 'გასულ წელს'],
  month: ['', 'გასულ თვეს'],
  day: ['', 'გუშინ', 'გუშინწინ'],
  hour: [],
  minute: ['ამ წუთში'],
}

/** So many whole units ago. */
export function georgianAgo(count: number, unit: Unit): string {
  return OWN[unit][count] || `${count} ${AGO[unit]} წინ`
}
