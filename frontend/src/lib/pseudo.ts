// A language for tests: English with accents, and longer than the longest of the
// real ones. What it breaks, they would.
import type { Messages } from './languages'

/** How much longer each word is. */
const LONGER = 0.4

const ACCENTED: Record<string, string> = { a: 'á', e: 'ê', i: 'ï', o: 'ö', u: 'ü', y: 'ý', A: 'Å', E: 'Ê', I: 'Ï', O: 'Ö', U: 'Û' }

/** Every text made longer; arguments and plurals stay what they are. */
export function pseudo(messages: Messages): Messages {
  return Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, lengthened(text)])) as Messages
}

/** An ICU message with its words made longer. */
function lengthened(message: string): string {
  let out = ''
  let rest = message
  for (let open = rest.indexOf('{'); open >= 0; open = rest.indexOf('{')) {
    const close = closing(rest, open)
    out += words(rest.slice(0, open)) + argument(rest.slice(open, close + 1))
    rest = rest.slice(close + 1)
  }
  return out + words(rest)
}

function words(text: string): string {
  return text.replace(/\p{L}+/gu, (word) => {
    const strange = word.replace(/[a-zA-Z]/g, (letter) => ACCENTED[letter] ?? letter)
    return strange + strange.slice(0, Math.ceil(word.length * LONGER)).toLowerCase()
  })
}

/** A plain argument as it is; of a plural the branches, which are messages themselves. */
function argument(text: string): string {
  let out = ''
  let rest = text.slice(1)
  for (let open = rest.indexOf('{'); open >= 0; open = rest.indexOf('{')) {
    const close = closing(rest, open)
    out += `${rest.slice(0, open)}{${lengthened(rest.slice(open + 1, close))}}`
    rest = rest.slice(close + 1)
  }
  return `{${out}${rest}`
}

/** Where the brace that opens at a place is closed. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  throw new Error(`a brace is not closed: ${text}`)
}
