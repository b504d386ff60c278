// Where rows of a list stand after the archive has moved: under a filter, or in
// another order than newest first, sessions come and go between the rows on show.
import type { Page } from '../lib/idv'

/** A row on show: its number in the list, and the session that stands there. */
export interface Standing {
  number: number
  ordinal: number
}

/** Asks for the place of a session in the list as the archive has it now. */
export type Ask = (ordinal: number) => Promise<Page>

export interface Moved {
  page: Page
  /** Rows that are above the row that has to stay, more than before. */
  by: number
  /** The number of the active row by the numbers of before; null: it is not known which session it is. */
  active: number | null
}

/** Rows that are tried: of the first of them that is still in the list the place is kept. */
const TRIED = 8

/**
 * Looks where the rows are now, one after another until one is found. null: none
 * of them is in the list any more. active: the active row, also out of view.
 */
export async function whereNow(ask: Ask, rows: readonly Standing[], active: Standing | null): Promise<Moved | null> {
  for (const row of rows.slice(0, TRIED)) {
    const page = await ask(row.ordinal)
    if (page.place < 0) continue
    const by = page.place - row.number
    return { page, by, active: await numberOf(ask, active, row, by) }
  }
  return null
}

/** A row that is gone leaves its number to the one that comes in its place. */
async function numberOf(ask: Ask, active: Standing | null, kept: Standing, by: number): Promise<number | null> {
  if (!active || active.ordinal === kept.ordinal) return active?.number ?? null
  const { place } = await ask(active.ordinal)
  return place < 0 ? active.number : place - by
}
