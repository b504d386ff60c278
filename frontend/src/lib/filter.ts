// Filters as a person builds them: value by value, each a chip that can be taken
// away again.
import { noFilter } from './idv'
import type { Facets, Filter, Search } from './idv'

/** The dimensions that are lists of values. */
export type Dimension = Exclude<keyof Facets, 'matches'>
export const DIMENSIONS: readonly Dimension[] = ['documents', 'outcomes', 'spoofs', 'liveness', 'environments', 'tags', 'devices', 'countries', 'reviewed']

/** One restriction: a value of a dimension, the match levels, or the dates. */
export type Part = { of: Dimension; value: string } | { of: 'matches' } | { of: 'dates' }

/** A name for a part that no other part of the filter has. */
export function partKey(part: Part): string {
  return 'value' in part ? `${part.of}:${part.value}` : part.of
}

/** Every restriction of a filter, in the order that its menus have. */
export function partsOf(filter: Filter): Part[] {
  const values = (of: Dimension): Part[] => filter[of].map((value) => ({ of, value }))
  const { min, max, none } = filter.matches
  const levels: Part[] = min > 0 || max > 0 || none ? [{ of: 'matches' }] : []
  const dates: Part[] = filter.from !== '' || filter.before !== '' ? [{ of: 'dates' }] : []
  const [documents, outcomes, spoofs, ...rest] = DIMENSIONS.map(values) as [Part[], Part[], Part[], ...Part[][]]
  return [...documents, ...outcomes, ...spoofs, ...levels, ...dates, ...rest.flat()]
}

export function isEmpty(filter: Filter): boolean {
  return partsOf(filter).length === 0
}

/** The filter without one of its restrictions. */
export function without(filter: Filter, part: Part): Filter {
  if (part.of === 'matches') return { ...filter, matches: noFilter().matches }
  if (part.of === 'dates') return { ...filter, from: '', before: '' }
  return withValues(filter, part.of, filter[part.of].filter((value) => value !== part.value))
}

/** The filter with a value more, or without it if it has it. */
export function toggled(filter: Filter, of: Dimension, value: string): Filter {
  const values: string[] = [...filter[of]]
  if (values.includes(value)) return without(filter, { of, value })
  return withValues(filter, of, [...values, value])
}

/** The values of a dimension come from facets and tables of the same dimension. */
function withValues(filter: Filter, of: Dimension, values: string[]): Filter {
  return { ...filter, [of]: values }
}

/** Both restrictions: what the second names of levels and dates goes before the first. */
export function merged(first: Filter, second: Filter): Filter {
  let filter = first
  for (const part of partsOf(second)) {
    if (part.of === 'matches') filter = { ...filter, matches: second.matches }
    else if (part.of === 'dates') filter = { ...filter, from: second.from || filter.from, before: second.before || filter.before }
    else if (!(filter[part.of] as string[]).includes(part.value)) filter = toggled(filter, part.of, part.value)
  }
  return filter
}

export function sameFilter(a: Filter, b: Filter): boolean {
  const key = ({ matches, from, before, ...values }: Filter): string =>
    JSON.stringify([matches.min, matches.max, matches.none, from, before, DIMENSIONS.map((of) => [...values[of]].sort())])
  return key(a) === key(b)
}

/** Whether two searches ask for the same rows in the same order. */
export function sameSearch(a: Search, b: Search): boolean {
  return a.text.trim() === b.text.trim() && a.sort.by === b.sort.by && a.sort.ascending === b.sort.ascending && sameFilter(a.filter, b.filter)
}

/** Whether the rows come in the order in which sessions come in. */
export function isNewestFirst({ sort }: Search): boolean {
  return sort.by === '' && !sort.ascending
}

/** How many of the found sessions have a value; -1 it is not counted. */
export function countOf(facets: Facets | null, of: keyof Facets, value: string): number {
  if (!facets) return -1
  return facets[of].find((count) => count.value === value)?.count ?? 0
}

/** The values that a menu offers: those that occur, the most frequent first, and those that are chosen. */
export function offered(facets: Facets | null, filter: Filter, of: Dimension, always: readonly string[] = []): string[] {
  const counted = (facets?.[of] ?? []).map(({ value }) => value)
  return [...new Set([...always, ...counted, ...filter[of]])]
}
