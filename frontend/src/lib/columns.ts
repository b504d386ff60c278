// The columns of the list: what there is, what a person has made of it, and how
// wide each is.
import { format } from './format'
import type { Key } from './i18n'
import { t } from './i18n'
import type { Order, Row } from './idv'
import { documentWord, livenessWord, spoofWords, verifiedWord } from './words'

export type ColumnName =
  | 'select' | 'selfie' | 'first' | 'last' | 'date' | 'document' | 'liveness' | 'verified' | 'match' | 'extra'
  | 'personal' | 'number' | 'id' | 'finished' | 'environment' | 'more'

export interface Column {
  /** Class of its cells. */
  name: ColumnName
  label: Key
  /** The least width, in rem. */
  width: number
  /** Its share of the room that is left. */
  grow?: number
  /** What its header sorts by, and whether a first click puts the least first. */
  sort?: { by: Order; ascending: boolean }
  /** What a copy of the cell says; a column without it is not copied. */
  text?: (row: Row) => string
  /** Always there, in its place. */
  fixed?: true
  /** Stays in view while the list is scrolled sideways. */
  pinned?: true
}

/** Every column, in the portal's order; after them the ones that a person can add. */
export const COLUMNS: readonly Column[] = [
  { name: 'select', label: 'column.select', width: 4.4, fixed: true, pinned: true },
  { name: 'selfie', label: 'column.selfie', width: 6.4, fixed: true, pinned: true },
  { name: 'first', label: 'column.firstName', width: 10.4, grow: 1, sort: { by: 'firstName', ascending: true }, text: (row) => row.firstName, fixed: true, pinned: true },
  { name: 'last', label: 'column.lastName', width: 11.6, grow: 1.15, sort: { by: 'lastName', ascending: true }, text: (row) => row.lastName, fixed: true, pinned: true },
  { name: 'date', label: 'column.date', width: 16.4, sort: { by: '', ascending: false }, text: (row) => format.dateTime(row.createdAt) },
  { name: 'document', label: 'column.document', width: 10.4, grow: 0.3, sort: { by: 'documentType', ascending: true }, text: (row) => documentWord(row.documentType) },
  { name: 'liveness', label: 'column.liveness', width: 8.4, sort: { by: 'liveness', ascending: true }, text: (row) => livenessWord(row.liveness) },
  { name: 'verified', label: 'column.verified', width: 14.4, grow: 0.6, sort: { by: 'verified', ascending: true }, text: (row) => [verifiedWord(row.verified), spoofWords(row.spoofs)].filter(Boolean).join(' · ') },
  { name: 'match', label: 'column.match', width: 16.6, sort: { by: 'matchLevel', ascending: false }, text: (row) => (row.matchLevel > 0 ? String(row.matchLevel) : '') },
  { name: 'extra', label: 'column.extra', width: 10, grow: 1.7, sort: { by: 'extra', ascending: true }, text: (row) => row.extra },
  { name: 'personal', label: 'column.personalNumber', width: 12.4, sort: { by: 'personalNumber', ascending: true }, text: (row) => row.personalNumber },
  { name: 'number', label: 'column.documentNumber', width: 12.4, sort: { by: 'documentNumber', ascending: true }, text: (row) => row.documentNumber },
  { name: 'id', label: 'column.id', width: 10, sort: { by: 'sessionId', ascending: true }, text: (row) => row.sessionId },
  { name: 'finished', label: 'column.finished', width: 16.4, sort: { by: 'finished', ascending: false }, text: (row) => format.dateTime(row.finishedAt) },
  { name: 'environment', label: 'column.environment', width: 11.2, sort: { by: 'environment', ascending: true }, text: (row) => row.environment },
  { name: 'more', label: 'column.more', width: 4.4, fixed: true },
]

/** How a person wants the columns. widths: in rem, of those that were set. */
export interface Layout {
  shown: ColumnName[]
  widths: Partial<Record<ColumnName, number>>
}

export const LEAST_WIDTH = 5
const MOST_WIDTH = 80
const OPTIONAL: readonly ColumnName[] = ['personal', 'number', 'id', 'finished', 'environment']
/** What gives way in a narrow list, the first of them first: the preview shows all of it. */
const GIVING_WAY: readonly ColumnName[] = ['extra', 'match', 'document', 'liveness', 'date']

/** The columns of a list that nobody has changed. */
export function firstLayout(): Layout {
  return { shown: COLUMNS.filter(({ name, fixed }) => !fixed && !OPTIONAL.includes(name)).map(({ name }) => name), widths: {} }
}

/** What was kept; what this version does not know is left out. */
export function readLayout(kept: string): Layout {
  const read = parsed(kept)
  const shown = Array.isArray(read['shown']) ? read['shown'].filter(isChosen) : firstLayout().shown
  const widths: Layout['widths'] = {}
  const sizes = read['widths'] ?? {}
  for (const [name, width] of Object.entries(sizes)) {
    if (typeof width === 'number' && COLUMNS.some((column) => column.name === name)) widths[name as ColumnName] = bounded(width)
  }
  return { shown: [...new Set(shown)], widths }
}

function parsed(text: string): Record<string, object | undefined> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, object>) : {}
  } catch {
    return {}
  }
}

function isChosen(name: unknown): name is ColumnName {
  return COLUMNS.some((column) => column.name === name && !column.fixed)
}

export function bounded(width: number): number {
  return Math.round(Math.max(LEAST_WIDTH, Math.min(width, MOST_WIDTH)) * 10) / 10
}

function isFirst({ shown, widths }: Layout): boolean {
  return Object.keys(widths).length === 0 && shown.join() === firstLayout().shown.join()
}

export function widthOf(column: Column, { widths }: Layout): number {
  return widths[column.name] ?? column.width
}

/**
 * The columns to draw in a list so many rem wide. Of a list that nobody has
 * changed what matters least gives way; else the rest is reached by scrolling.
 */
export function drawn(layout: Layout, room: number): Column[] {
  const named = layout.shown.map((name) => COLUMNS.find((column) => column.name === name)!)
  const all = [...COLUMNS.filter(({ fixed, pinned }) => fixed && pinned), ...named, ...COLUMNS.filter(({ fixed, pinned }) => fixed && !pinned)]
  if (!isFirst(layout) || room === 0) return all
  let left = all
  for (const gone of GIVING_WAY) {
    if (leastWidth(left, layout) <= room) break
    left = left.filter(({ name }) => name !== gone)
  }
  return left
}

/** The width under which the columns are scrolled, in rem. */
export function leastWidth(columns: readonly Column[], layout: Layout): number {
  return columns.reduce((sum, column) => sum + widthOf(column, layout), 0)
}

/** The columns as a CSS grid has them. One without a width of its own takes the room that is left, if none else does. */
export function template(columns: readonly Column[], layout: Layout): string {
  const growing = columns.some(({ name, grow }) => grow && layout.widths[name] === undefined)
  return columns
    .map((column) => {
      const width = `${widthOf(column, layout)}rem`
      if (layout.widths[column.name] !== undefined) return width
      if (column.grow) return `minmax(${width}, ${column.grow}fr)`
      return !growing && column.name === 'more' ? `minmax(${width}, 1fr)` : width
    })
    .join(' ')
}

/** Where each pinned column stays, in rem from the left. */
export function pinnedAt(columns: readonly Column[], layout: Layout): Partial<Record<ColumnName, number>> {
  const at: Partial<Record<ColumnName, number>> = {}
  let sum = 0
  for (const column of columns.filter(({ pinned }) => pinned)) {
    at[column.name] = sum
    sum += widthOf(column, layout)
  }
  return at
}

/** The layout with a column one place earlier (-1) or later (1). */
export function moved(layout: Layout, name: ColumnName, step: -1 | 1): Layout {
  const at = layout.shown.indexOf(name)
  const to = at + step
  if (at < 0 || to < 0 || to >= layout.shown.length) return layout
  const shown = [...layout.shown]
  shown.splice(at, 1)
  shown.splice(to, 0, name)
  return { ...layout, shown }
}

/** The layout with a column more, at the end, or without it. */
export function switched(layout: Layout, name: ColumnName): Layout {
  const { shown } = layout
  return { ...layout, shown: shown.includes(name) ? shown.filter((other) => other !== name) : [...shown, name] }
}

export function sized(layout: Layout, name: ColumnName, width: number): Layout {
  return { ...layout, widths: { ...layout.widths, [name]: bounded(width) } }
}

/** Rows as a table for a spreadsheet: tabs between cells, a line a row, headers first. */
export function asTable(rows: readonly Row[], columns: readonly Column[]): string {
  const copied = columns.filter(({ text }) => text)
  const cell = (text: string): string => text.replace(/[\t\r\n]+/g, ' ')
  const lines = [copied.map(({ label }) => t(label)), ...rows.map((row) => copied.map(({ text }) => text!(row)))]
  return lines.map((cells) => cells.map(cell).join('\t')).join('\n')
}
