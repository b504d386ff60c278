// Which part of a text was searched for.

export interface Piece {
  text: string
  hit: boolean
}

/** A text in pieces: the beginnings of its words that a word of the search is are hits. */
export function pieces(text: string, search: string): Piece[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [{ text, hit: false }]
  const folded = text.toLowerCase()
  // Letters whose lower case is longer would move the places.
  if (folded.length !== text.length) return [{ text, hit: false }]
  const found: Piece[] = []
  let from = 0
  for (const { index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    const length = Math.max(0, ...words.filter((word) => folded.startsWith(word, index)).map((word) => word.length))
    if (length === 0 || index < from) continue
    if (index > from) found.push({ text: text.slice(from, index), hit: false })
    found.push({ text: text.slice(index, index + length), hit: true })
    from = index + length
  }
  if (from < text.length || found.length === 0) found.push({ text: text.slice(from), hit: false })
  return found
}
