// Which part of a text was searched for.

/** A text with its hits: what is before the first of them, and each with what comes after it. */
export interface Marked {
  start: string
  hits: { text: string; after: string }[]
}

/** Marks the beginnings of a text's words that a word of the search is. */
export function marked(text: string, search: string): Marked {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const folded = text.toLowerCase()
  // Letters whose lower case is longer would move the places.
  if (words.length === 0 || folded.length !== text.length) return { start: text, hits: [] }
  const found: { at: number; end: number }[] = []
  for (const { index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    const length = Math.max(0, ...words.filter((word) => folded.startsWith(word, index)).map((word) => word.length))
    if (length > 0 && index >= (found.at(-1)?.end ?? 0)) found.push({ at: index, end: index + length })
  }
  return {
    start: text.slice(0, found[0]?.at),
    hits: found.map(({ at, end }, i) => ({ text: text.slice(at, end), after: text.slice(end, found[i + 1]?.at) })),
  }
}
