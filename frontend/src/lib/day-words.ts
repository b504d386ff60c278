// The words that days are named with, in any of the window's languages.
export type Unit = 'days' | 'weeks' | 'months' | 'years'
export type Kind = 'filler' | 'back' | 'this' | 'last' | 'recent' | 'ago' | 'unit' | 'month' | 'weekday' | 'number'

/** value: of back so many days; of a month or weekday its number, Monday 0. */
export interface Word {
  kind: Kind
  value: number
  unit?: Unit
}

/** Words with their endings. */
const WORDS: readonly (readonly [RegExp, Word])[] = [
  [/^(today|сегодня|დღეს)$/, { kind: 'back', value: 0 }],
  [/^(yesterday|вчера|გუშინ)$/, { kind: 'back', value: 1 }],
  [/^(позавчера|გუშინწინ)$/, { kind: 'back', value: 2 }],
  [/^(this|current|эт(от|а|о|у|ой|ом)|текущ\p{L}+|ამ|ეს|მიმდინარე)$/u, { kind: 'this', value: 0 }],
  [/^(last|previous|прошл\p{L}+|გასულ\p{L}*|წინა)$/u, { kind: 'last', value: 0 }],
  [/^(past|последн\p{L}+|ბოლო)$/u, { kind: 'recent', value: 0 }],
  [/^(ago|назад|წინ)$/, { kind: 'ago', value: 0 }],
  [/^(days?|день|дн[яей]+|დღ(ე|ის|ეში))$/, { kind: 'unit', value: 0, unit: 'days' }],
  [/^(weeks?|недел\p{L}+|კვირ\p{L}+)$/u, { kind: 'unit', value: 0, unit: 'weeks' }],
  [/^(months?|месяц\p{L}*|თვ\p{L}+)$/u, { kind: 'unit', value: 0, unit: 'months' }],
  [/^(years?|год\p{L}*|лет|წელ\p{L}*|წლ\p{L}+)$/u, { kind: 'unit', value: 0, unit: 'years' }],
  [/^(the|of|on|in|an?|на|во?|за|г\.?)$/, { kind: 'filler', value: 0 }],
]

/** The first letters of the months and, from Monday, of the weekdays: the rest of a name is its case, or a slip. */
const MONTHS = stems(
  'jan feb mar apr may jun jul aug sep oct nov dec',
  'янв фев мар апр ма[йяею] июн июл авг сен окт ноя дек',
  'იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ',
)
/** A Georgian Sunday is the same word as a week. */
const WEEKDAYS = stems('mon tue wed thu fri sat sun', 'пон вто сре чет пят суб вос', 'ორშ სამ ოთხ ხუთ პარ შაბ')

/** For each place in the lists, what its names begin with. */
function stems(...lists: string[]): RegExp[] {
  const split = lists.map((list) => list.split(' '))
  return split[0]!.map((_, at) => new RegExp(`^(${split.flatMap((list) => list[at] ?? []).join('|')})\\p{L}*\\.?$`, 'u'))
}

/** What a word says; null it says nothing. */
export function wordOf(text: string): Word | null {
  if (/^\d{1,4}$/.test(text)) return { kind: 'number', value: Number(text) }
  const known = WORDS.find(([form]) => form.test(text))
  if (known) return known[1]
  const month = MONTHS.findIndex((name) => name.test(text))
  if (month >= 0) return { kind: 'month', value: month + 1 }
  const weekday = WEEKDAYS.findIndex((name) => name.test(text))
  return weekday >= 0 ? { kind: 'weekday', value: weekday } : null
}
