// How good a passphrase is, as far as its length and variety can tell. A hint,
// no proof: it knows no dictionary and no person, and asks no service.

/** Fewer characters are not taken. */
export const SHORTEST = 8

export type Strength = 'short' | 'weak' | 'fair' | 'good' | 'strong'

/** Bits from which a passphrase is fair, good and strong. */
const FAIR = 50
const GOOD = 70
const STRONG = 95

/** What a character is worth that repeats the one before it or is its neighbour: 111, abc. */
const FORESEEN = 0.25

/** How strong a passphrase looks. */
export function strengthOf(passphrase: string): Strength {
  const letters = [...passphrase]
  if (letters.length < SHORTEST) return 'short'
  const bits = bitsOf(letters)
  if (bits < FAIR) return 'weak'
  if (bits < GOOD) return 'fair'
  return bits < STRONG ? 'good' : 'strong'
}

/** Each character counts as one of twice as many as are different: who uses few, is guessed from few. */
function bitsOf(letters: string[]): number {
  const codes = letters.map((letter) => letter.codePointAt(0)!)
  const foreseen = codes.filter((code, i) => i > 0 && Math.abs(code - codes[i - 1]!) <= 1).length
  return (codes.length - foreseen * (1 - FORESEEN)) * Math.log2(2 * new Set(codes).size)
}

export type Fault = '' | 'short' | 'different'

/** Why two typings of a new passphrase cannot be taken; '' they can. */
export function faultOf(passphrase: string, again: string): Fault {
  if ([...passphrase].length < SHORTEST) return 'short'
  return passphrase === again ? '' : 'different'
}
