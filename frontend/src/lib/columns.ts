// The columns of the list, in the portal's order. How wide each is, and which
// hide in a narrow window, is in the grid's style.
import type { Key } from './i18n'

export interface Column {
  /** Class of its cells. */
  name: 'selfie' | 'first' | 'last' | 'date' | 'document' | 'liveness' | 'verified' | 'match' | 'extra' | 'id' | 'more'
  label: Key
}

export const COLUMNS: readonly Column[] = [
  { name: 'selfie', label: 'column.selfie' },
  { name: 'first', label: 'column.firstName' },
  { name: 'last', label: 'column.lastName' },
  { name: 'date', label: 'column.date' },
  { name: 'document', label: 'column.document' },
  { name: 'liveness', label: 'column.liveness' },
  { name: 'verified', label: 'column.verified' },
  { name: 'match', label: 'column.match' },
  { name: 'extra', label: 'column.extra' },
  { name: 'id', label: 'column.id' },
  { name: 'more', label: 'column.more' },
]
