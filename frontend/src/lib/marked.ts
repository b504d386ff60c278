// A text with its hits, in the shape that the list draws: as a search grows letter by
// letter the shape stays, so that only texts change and no elements are exchanged.
import type { Piece } from './highlight'

/** What is before the first hit, and each hit with what comes after it. */
export interface Marked {
  start: string
  hits: { text: string; after: string }[]
}

/** Between two hits there is something that is none. */
export function marked(pieces: readonly Piece[]): Marked {
  const after = (i: number): string => (pieces[i] && !pieces[i].hit ? pieces[i].text : '')
  return { start: after(0), hits: pieces.flatMap(({ text, hit }, i) => (hit ? [{ text, after: after(i + 1) }] : [])) }
}
