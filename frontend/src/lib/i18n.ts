// The texts of the window: ICU messages by key, in the language of now. A key
// that does not exist does not compile.
import { IntlMessageFormat } from 'intl-messageformat'
import { tagsOf } from './formats'
import type { Key, Messages } from './languages'
import { locale } from './locale.svelte'
import { WORDS } from './messages'
import { plain } from './plain'

export type { Key } from './languages'
export type Values = Record<string, string | number>

type Write = (values?: Values) => string

/** Every message that was asked for, by language, as what writes it. */
const ready = new WeakMap<Messages, Map<Key, Write>>()

/** The text of a key with its values put in. In a component it follows the language. */
export function t(key: Key, values?: Values): string {
  const { messages, tag } = locale
  const known = ready.get(messages) ?? new Map<Key, Write>()
  ready.set(messages, known)
  let write = known.get(key)
  if (!write) {
    write = writerOf(messages[key], tagsOf(tag))
    known.set(key, write)
  }
  return values ? plain(write(values)) : write()
}

/** Most messages need none of ICU's work, which the list would do for every row at every letter that is typed. */
function writerOf(message: string, tags: string[]): Write {
  // In the built window a message that is more than words was read before: see vite.config.ts.
  if (typeof message !== 'string' || !WORDS.test(message)) {
    const format = new IntlMessageFormat(message, tags)
    return (values) => String(format.format(values))
  }
  const parts = message.split(/\{(\w+)\}/)
  if (parts.length === 1) return () => message
  return (values) => parts.map((part, i) => (i % 2 === 0 ? part : valueOf(part, values))).join('')
}

function valueOf(name: string, values?: Values): string {
  const value = values?.[name]
  if (value === undefined) throw new Error(`the text has no value for ${name}`)
  return String(value)
}
