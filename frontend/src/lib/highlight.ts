// Which part of a text was searched for.
import { romanised } from './romanise'

export interface Piece {
  text: string
  hit: boolean
}

/** A text in pieces: the beginnings of its words that a word of the search is, in its own script or another, are hits. */
export function pieces(text: string, search: string): Piece[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [{ text, hit: false }]
  const folded = text.toLowerCase()
  // Letters whose lower case is longer would move the places.
  if (folded.length !== text.length) return [{ text, hit: false }]
  const found: Piece[] = []
  let from = 0
  for (const { 0: word, index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    const length = Math.max(0, ...words.map((typed) => (folded.startsWith(typed, index) ? typed.length : spelledSo(word, typed))))
    if (length === 0 || index < from) continue
    if (index > from) found.push({ text: text.slice(from, index), hit: false })
    found.push({ text: text.slice(index, index + length), hit: true })
    from = index + length
  }
  if (from < text.length || found.length === 0) found.push({ text: text.slice(from), hit: false })
  return found
}

/** How many letters of a word are what was typed, both in Latin letters; 0 it does not begin so. */
function spelledSo(word: string, typed: string): number {
  const wanted = [...typed].map(romanised).join('')
  let spelled = ''
  let length = 0
  for (const letter of word) {
    if (wanted === '' || spelled.length >= wanted.length) break
    spelled += romanised(letter)
    length += letter.length
  }
  return spelled.startsWith(wanted) && wanted !== '' ? length : 0
}
